import { request, type IncomingHttpHeaders } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createClient } from '../../api/client.ts'
import { ContractServer } from '../../api/server.ts'
import { socketTransport } from '../../api/socket-transport.ts'
import { handlersWith } from '../../api/testing/quiet-handlers.ts'
import { frameLimit } from '../../api/wire-values.ts'
import { expectOk, ok } from '../../base/result.ts'
import { servePage, type Serving, type ServeOptions } from './serve-page.ts'

const files: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html><title>Berth</title>',
  'assets/index-1.js': 'export {}',
  '.secret.js': 'no',
}
let serving: Serving | null = null
let connections = 0
afterEach(() => serving?.close())

async function start(options: Partial<ServeOptions> = {}): Promise<Serving> {
  const settings = { language: 'en', theme: 'light', expert: false } as const
  const server = new ContractServer(handlersWith({ 'settings.get': () => ok(settings) }), () => undefined)
  connections = 0
  serving = expectOk(
    await servePage({
      port: 0,
      idleMs: 60_000,
      isWorking: () => false,
      attach: (transport) => {
        connections += 1
        server.attach(transport)
      },
      readPage: (name) => (files[name] === undefined ? null : Buffer.from(files[name])),
      ...options,
    }),
  )
  return serving
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request byte for byte as given: nothing is tidied up on the way. */
function ask(
  { port }: Serving,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => (text += piece))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const originOf = ({ port }: Serving) => `http://127.0.0.1:${port}`
const tokenOf = ({ address }: Serving) => new URL(address).hash.replace('#token=', '')

function exchange(page: Serving, token: string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(page, '/session', {
    method: 'POST',
    headers: { Origin: originOf(page), 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  })
}

async function cookieOf(page: Serving): Promise<string> {
  const { headers } = await exchange(page, tokenOf(page))
  return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

/** `open`, or the status that refused. */
function upgrade(
  page: Serving,
  headers: Record<string, string>,
  path = '/wire',
): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${page.port}${path}`, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => undefined)
  })
}

describe('the page', () => {
  it('is served with headers that let it reach nothing but itself', async () => {
    const page = await start()
    const { status, headers, body } = await ask(page, '/?target=this-pc')
    expect([status, body]).toEqual([200, files['index.html']])
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe|\*/)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect((await ask(page, '/assets/index-1.js')).headers['content-type']).toMatch('text/javascript')
  })

  it.each(['localhost:PORT', 'evil.example', '127.0.0.1', '127.0.0.1:1', '127.0.0.1:PORT.evil.example'])(
    'is not served under the name %s',
    async (name) => {
      const page = await start()
      const Host = name.replace('PORT', String(page.port))
      for (const path of ['/', '/session', '/assets/index-1.js'])
        expect((await ask(page, path, { headers: { Host } })).status).toBe(421)
    },
  )

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/assets/../../package.json',
    '//etc/passwd.json',
    '/assets\\..\\..\\package.json',
    '/.secret.js',
    '/assets/.secret.js',
    '/index.html%00.js',
    '/assets/',
    '/package',
    'http://127.0.0.1/index.html',
  ])('has no file at %s', async (path) => {
    expect((await ask(await start(), path)).status).toBe(404)
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('takes no %s', async (method) => {
    expect((await ask(await start(), '/', { method })).status).toBe(405)
  })
})

describe('the session', () => {
  it('is given for the token in the address, once, as a cookie that no script and no other site sees', async () => {
    const page = await start()
    expect(page.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/)
    expect((await ask(page, '/session')).status).toBe(403)
    const first = await exchange(page, tokenOf(page))
    expect(first.status).toBe(204)
    expect(first.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^berth-${page.port}=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict$`),
    )
    const Cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    expect((await ask(page, '/session', { headers: { Cookie } })).status).toBe(204)
    const second = await exchange(page, tokenOf(page))
    expect([second.status, second.headers['set-cookie']]).toEqual([403, undefined])
  })

  it('is not given for another token, and the right one still works after it', async () => {
    const page = await start()
    for (const token of ['', '0'.repeat(64), tokenOf(page).slice(0, 63), `${tokenOf(page)}0`])
      expect((await exchange(page, token)).status).toBe(403)
    expect((await exchange(page, tokenOf(page))).status).toBe(204)
  })

  it('is not given to another origin, nor to a form', async () => {
    const page = await start()
    const own = tokenOf(page)
    for (const Origin of [
      'http://evil.example',
      'null',
      `http://localhost:${page.port}`,
      `https://127.0.0.1:${page.port}`,
    ])
      expect((await exchange(page, own, { Origin })).status).toBe(403)
    expect((await exchange(page, own, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await exchange(page, own, { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect(
      (await ask(page, '/session', { method: 'POST', body: JSON.stringify({ token: own }) })).status,
    ).toBe(403)
    expect((await exchange(page, own)).status).toBe(204)
  })

  it('takes no large body', async () => {
    const page = await start()
    await expect(exchange(page, 'x'.repeat(100_000))).rejects.toThrow()
    expect((await exchange(page, tokenOf(page))).status).toBe(204)
  })
})

describe('the wire', () => {
  it('opens for the page with its session, and speaks the contract', async () => {
    const page = await start()
    const socket = await upgrade(page, { Origin: originOf(page), Cookie: await cookieOf(page) })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    const client = createClient(socketTransport(socket), { locale: 'en' })
    expect(await client.call('settings.get', {})).toMatchObject({ ok: true, value: { theme: 'light' } })
    client.close()
    await client.closed
  })

  it('stays closed without session, with an old one, for another origin or host, on another path', async () => {
    const old = await cookieOf(await start())
    serving?.close()
    const page = await start()
    const Cookie = await cookieOf(page)
    const Origin = originOf(page)
    const refused: readonly (readonly [Record<string, string>, string?])[] = [
      [{ Origin }],
      [{ Origin, Cookie: old }],
      [{ Origin, Cookie: `berth-${page.port}=${old.split('=')[1]}` }],
      [{ Origin, Cookie: `berth-${page.port}=` }],
      [{ Cookie }],
      [{ Origin: 'http://evil.example', Cookie }],
      [{ Origin: 'null', Cookie }],
      [{ Origin, Cookie, Host: 'evil.example' }],
      [{ Origin, Cookie, 'Sec-Fetch-Site': 'same-site' }],
      [{ Origin, Cookie }, '/'],
      [{ Origin, Cookie }, '/wire?x'],
    ]
    for (const [headers, path] of refused)
      expect(await upgrade(page, headers, path), JSON.stringify([headers, path])).toBe(403)
    expect(connections).toBe(0)
  })

  it('is closed by a message that is too large or binary', async () => {
    const page = await start()
    const headers = { Origin: originOf(page), Cookie: await cookieOf(page) }
    for (const message of ['x'.repeat(frameLimit + 1), Buffer.from('{}')]) {
      const socket = await upgrade(page, headers)
      if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
      const closed = new Promise((resolve) => socket.on('close', resolve))
      socket.send(message)
      await closed
    }
    expect(connections).toBe(2)
  })
})

describe('the end', () => {
  it('comes when nobody was connected for a while', async () => {
    const page = await start({ idleMs: 60 })
    expect(await page.stopped).toBe('idle')
    await expect(ask(page, '/')).rejects.toThrow()
  })

  it('does not come while a page is open or something is under way', async () => {
    let working = true
    const page = await start({ idleMs: 60, isWorking: () => working })
    let over = false
    void page.stopped.then(() => (over = true))
    const socket = await upgrade(page, { Origin: originOf(page), Cookie: await cookieOf(page) })
    working = false
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(over).toBe(false)
    if (typeof socket !== 'number') socket.close()
    expect(await page.stopped).toBe('idle')
  })

  it('comes at once when it is closed, with a page open', async () => {
    const page = await start()
    const socket = await upgrade(page, { Origin: originOf(page), Cookie: await cookieOf(page) })
    expect(typeof socket).not.toBe('number')
    page.close()
    expect(await page.stopped).toBe('closed')
  })

  it('says when its port is taken', async () => {
    const page = await start()
    const second = await servePage({
      port: page.port,
      idleMs: 1000,
      isWorking: () => false,
      attach: () => undefined,
    })
    expect(second).toMatchObject({ ok: false, failure: { code: 'busy' } })
  })
})
