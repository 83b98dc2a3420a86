import { describe, expect, it } from 'vitest'
import { fail, ok } from '../base/result.ts'
import { createClient } from './client.ts'
import { ContractServer, type Handlers } from './server.ts'
import { memoryConnection } from './testing/memory-transport.ts'
import { handlersWith } from './testing/quiet-handlers.ts'
import { frameLimit } from './wire-values.ts'

function world(own: Partial<Handlers>) {
  const faults: string[] = []
  const server = new ContractServer(handlersWith(own), (what) => faults.push(what))
  const [page, host] = memoryConnection()
  server.attach(host)
  const replies: unknown[] = []
  const ask = async (frame: string): Promise<unknown> => {
    const before = host.sent.length
    page.send(frame)
    while (host.sent.length === before) await new Promise((resolve) => setImmediate(resolve))
    return JSON.parse(host.sent.at(-1) ?? '') as unknown
  }
  return { server, page, host, faults, replies, ask, client: () => createClient(page, { locale: 'en' }) }
}

const request = (method: string, params: unknown, id: unknown = 1) =>
  JSON.stringify({ jsonrpc: '2.0', method, params, id })

describe('the contract server', () => {
  it('answers a request with a result that follows the contract', async () => {
    const { client } = world({ 'settings.get': () => ok({ language: 'de', theme: 'dark', expert: true }) })
    expect(await client().call('settings.get', {})).toEqual({
      ok: true,
      value: { language: 'de', theme: 'dark', expert: true },
    })
  })

  it('gives a failure its code, facts and words', async () => {
    const { client } = world({ 'run.stop': ({ run }) => fail('no-run', { what: run }) })
    const answer = await client().call('run.stop', { run: 'run-1' })
    expect(answer).toMatchObject({ ok: false, failure: { code: 'no-run', facts: { what: 'run-1' } } })
    if (!answer.ok) expect(answer.failure.message.length * answer.failure.remedy.length).toBeGreaterThan(0)
  })

  it.each([
    ['no JSON', '{"jsonrpc"', -32700],
    ['no request', '42', -32600],
    ['null', 'null', -32600],
    ['a batch', `[${request('settings.get', {})}]`, -32600],
    ['no id', '{"jsonrpc":"2.0","method":"settings.get"}', -32600],
    ['another version', '{"jsonrpc":"1.0","method":"settings.get","id":1}', -32600],
    ['an unknown method', request('disk.erase', {}), -32601],
    ['a method of every object', request('constructor', {}), -32601],
    ['the prototype', request('__proto__', {}), -32601],
    ['wrong params', request('run.stop', { run: '../run' }), -32602],
    ['params too many', request('settings.get', { path: '/' }), -32602],
    ['params of another kind', request('settings.get', [1]), -32602],
    ['a frame too large', request('help.search', { text: 'x'.repeat(frameLimit) }), -32600],
  ])('refuses %s', async (_, frame, code) => {
    const { ask } = world({ 'settings.get': () => ok({ language: 'en', theme: 'light', expert: false }) })
    const answer = (await ask(frame)) as { error: { code: number; data: unknown } }
    expect(answer.error).toMatchObject({ code, data: { schema: 'berth/failure/1' } })
  })

  it('counts bytes, not characters, against the limit of a frame', async () => {
    const { ask } = world({})
    const text = 'ü'.repeat(frameLimit / 2)
    expect(text.length).toBeLessThan(frameLimit)
    expect(await ask(request('help.search', { text }))).toMatchObject({ error: { code: -32600 } })
  })

  it('says a fault of its own without showing it, and tells who watches', async () => {
    const { client, faults } = world({
      'settings.get': () => {
        throw new Error('secret stack')
      },
    })
    const answer = await client().call('settings.get', {})
    expect(answer).toMatchObject({ ok: false, failure: { code: 'engine-fault' } })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(faults).toEqual(['settings.get'])
  })

  it('does not let an answer out that breaks the contract', async () => {
    const { client, faults } = world({
      'settings.get': () => ok({ language: 'xx', theme: 'dark', expert: true } as never),
    })
    expect(await client().call('settings.get', {})).toMatchObject({ failure: { code: 'engine-fault' } })
    expect(faults).toEqual(['settings.get'])
  })

  it('says that an answer is too large instead of sending it', async () => {
    const page = { id: 'a', about: 'issue' as const, title: '', message: 'x'.repeat(frameLimit), remedy: '' }
    const { client, host } = world({ 'help.search': () => ok({ pages: [page] }) })
    expect(await client().call('help.search', { text: '' })).toMatchObject({ failure: { code: 'too-large' } })
    expect(Math.max(...host.sent.map((frame) => frame.length))).toBeLessThan(frameLimit)
  })

  it('has a limit to what one connection may have under way', async () => {
    let release: () => void = () => undefined
    const gate = new Promise<void>((resolve) => (release = resolve))
    const { client } = world({
      'settings.get': async () => {
        await gate
        return ok({ language: 'en', theme: 'light', expert: false })
      },
    })
    const caller = client()
    const calls = Array.from({ length: 65 }, () => caller.call('settings.get', {}))
    expect(await calls[64]).toMatchObject({ ok: false, failure: { code: 'busy' } })
    release()
    expect((await Promise.all(calls)).filter((answer) => answer.ok)).toHaveLength(64)
  })

  it('leaves out a notification that breaks the contract or does not fit', () => {
    const { server, host, faults } = world({})
    server.broadcast('settings.changed', { language: 'xx' } as never)
    server.broadcast('practice.line', {
      target: 'practice:a',
      sequence: 1,
      start: 1,
      atMs: 0,
      text: 'x'.repeat(frameLimit),
    })
    expect(host.sent).toEqual([])
    expect(faults).toEqual(['settings.changed'])
  })
})

describe('the client', () => {
  it('ends calls that wait when the connection is lost, and refuses later ones', async () => {
    const { client, host } = world({ 'settings.get': () => new Promise(() => undefined) })
    const caller = client()
    const waiting = caller.call('settings.get', {})
    host.close()
    expect(await waiting).toMatchObject({ ok: false, failure: { code: 'connection-lost' } })
    await caller.closed
    expect(await caller.call('settings.get', {})).toMatchObject({ failure: { code: 'connection-lost' } })
  })

  it('believes nothing that breaks the contract', async () => {
    const [page, host] = memoryConnection()
    const faults: string[] = []
    const heard: unknown[] = []
    const client = createClient(page, {
      locale: 'en',
      onFault: ({ facts }) => faults.push(String(facts['field'])),
    })
    client.on('settings.changed', (body) => heard.push(body))
    for (const frame of [
      'nonsense',
      '{"jsonrpc":"2.0","method":"settings.changed","params":{"language":"xx"}}',
      '{"jsonrpc":"2.0","method":"toString","params":{}}',
      '{"jsonrpc":"2.0","id":99,"result":{}}',
      'x'.repeat(frameLimit + 1),
      '{"jsonrpc":"2.0","method":"settings.changed","params":{"language":"de","theme":"dark","expert":true}}',
    ])
      host.send(frame)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(heard).toEqual([{ language: 'de', theme: 'dark', expert: true }])
    expect(faults).toEqual(['frame', 'settings.changed', 'toString', 'frame'])
  })

  it('does not believe an answer that breaks the contract', async () => {
    const [page, host] = memoryConnection()
    host.onFrame((frame) => {
      const { id } = JSON.parse(frame) as { id: number }
      host.send(JSON.stringify({ jsonrpc: '2.0', id, result: { language: 'xx' } }))
    })
    const client = createClient(page, { locale: 'en' })
    expect(await client.call('settings.get', {})).toMatchObject({ failure: { code: 'engine-fault' } })
  })
})
