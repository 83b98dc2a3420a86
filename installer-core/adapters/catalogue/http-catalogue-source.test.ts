import { closeSync, ftruncateSync, openSync, readFileSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest'
import { expectOk, type Result } from '../../base/result.ts'
import { pieceSize, type CatalogueFile } from '../../model/catalogue.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { catalogueFolder } from './catalogue-folder.ts'
import type { ContentStore } from './content-store.ts'
import { openDownload } from './download-source.ts'
import { folderCatalogueSource } from './folder-catalogue-source.ts'
import { httpCatalogueSource } from './http-catalogue-source.ts'
import { usualPatience } from './http-request.ts'
import { catalogueKit, filesBelow, type CatalogueKit } from './testing/catalogue-kit.ts'
import { sendFile, serveFiles, type FileServer, type Misbehaviour } from './testing/bad-server.ts'

let kit: CatalogueKit
let file: CatalogueFile
let path: string
let count = 0
let store: ContentStore
const servers: FileServer[] = []
beforeAll(async () => {
  kit = await catalogueKit()
  const { catalogue } = expectOk(await kit.library().fetch([kit.published], false))
  file = catalogue.releases[0]!.files[0]!
  path = `releases/${kit.id}/${file.source}`
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})
afterAll(() => kit.remove())

async function serve(misbehave?: Misbehaviour): Promise<FileServer> {
  const server = await serveFiles(kit.published, misbehave)
  servers.push(server)
  return server
}
const impatience = { silenceMs: 400, bytesPerSecond: 1024 * 1024 * 64 }
const sourceAt = (server: FileServer, patience = usualPatience) =>
  httpCatalogueSource(new URL(server.address), { patience })
const newStore = () => (store = catalogueFolder(join(kit.cache, `store-${(count += 1)}`)).store)

/** Downloads the file and reads all of it; what came, or the failure. */
async function download(sources: readonly CatalogueSource[], into = newStore()): Promise<Result<Buffer>> {
  const opened = expectOk(await openDownload(into, file, path, sources))
  const pieces: Uint8Array[] = []
  try {
    for (;;) {
      const piece = await opened.next()
      if (!piece.ok) return piece
      if (piece.value === null) return { ok: true, value: Buffer.concat(pieces) }
      pieces.push(piece.value.slice())
    }
  } finally {
    await opened.close()
  }
}
const expectWhole = (result: Result<Buffer>) => {
  expect(expectOk(result).equals(readFileSync(join(kit.published, path)))).toBe(true)
  expect(statSync(store.pathOf(file)).size).toBe(file.size)
}
const ranges = (server: FileServer) => server.asked.filter((one) => one.includes('bytes='))
const start = (range: string | undefined) => Number(/bytes=(\d+)/.exec(range ?? '')?.[1] ?? -1)

describe('a download', () => {
  it('comes in pieces, several at once, and is put in its place as a whole', async () => {
    let open = 0
    let most = 0
    const server = await serve((_, response) => {
      most = Math.max(most, (open += 1))
      response.on('close', () => (open -= 1))
      return false
    })
    expectWhole(await download([sourceAt(server)]))
    expect(ranges(server)).toHaveLength(3)
    expect(most).toBeGreaterThan(1)
    expect(filesBelow(kit.cache).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('comes from a server that knows no ranges, in one go', async () => {
    const server = await serve((request) => {
      delete request.headers.range
      return false
    })
    expectWhole(await download([sourceAt(server)]))
  })

  it('uses several mirrors, and goes on with the others when one is not there', async () => {
    const [one, two] = [await serve(), await serve()]
    expectWhole(await download([sourceAt(one), sourceAt(two)]))
    expect(ranges(one).length).toBeGreaterThan(0)
    expect(ranges(two).length).toBeGreaterThan(0)
    await two.close()
    expectWhole(await download([sourceAt(two), sourceAt(one), folderCatalogueSource('/nowhere')]))
  })

  it('goes on after a connection broke, and fetches nothing twice', async () => {
    let broken = 0
    const server = await serve((request, response) => {
      if (start(request.headers.range) !== pieceSize || broken > 0) return false
      broken += 1
      response.writeHead(206, {
        'Content-Length': pieceSize,
        'Content-Range': `bytes ${pieceSize}-${2 * pieceSize - 1}/${file.size}`,
      })
      response.write(Buffer.alloc(1000), () => response.destroy())
      return true
    })
    expectWhole(await download([sourceAt(server)]))
    expect(broken).toBe(1)
    expect(ranges(server)).toHaveLength(4)
  })

  it('is taken up where an earlier one stopped, believing only what is right', async () => {
    // Silent about all but the first piece: by the time it is given up, that piece is here.
    const half = await serve((request) => start(request.headers.range) >= pieceSize)
    expect(await download([sourceAt(half, impatience)])).toMatchObject({ ok: false })
    const part = openSync(store.partOf(file), 'r+')
    ftruncateSync(part, 2 * pieceSize)
    closeSync(part)
    const server = await serve()
    expectWhole(await download([sourceAt(server)], store))
    expect(ranges(server).map(start).sort()).toEqual([pieceSize, 2 * pieceSize])
  })
})

describe('a server that misbehaves', () => {
  const always =
    (answer: (response: ServerResponse, range: string) => void): Misbehaviour =>
    (request, response) => {
      answer(response, request.headers.range ?? '')
      return true
    }
  const endless = (response: ServerResponse, status: number, headers: Record<string, string | number>) => {
    response.writeHead(status, headers)
    const more = () => {
      if (!response.destroyed) response.write(Buffer.alloc(65_536), () => setImmediate(more))
    }
    more()
  }
  const rangeOf = (range: string) => {
    const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(range) ?? []
    return `bytes ${from}-${to}/${file.size}`
  }
  /** Short where it is what ends the wait; a busy machine must not look like a slow server elsewhere. */
  const patienceWith = (name: string) =>
    ['says nothing', 'stalls in the middle', 'trickles'].includes(name) ? impatience : usualPatience
  const cases: readonly (readonly [string, Misbehaviour, string])[] = [
    [
      'sends other bytes',
      always((response, range) => {
        const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(range) ?? []
        response.writeHead(206, { 'Content-Range': rangeOf(range) })
        response.end(Buffer.alloc(Number(to) - Number(from) + 1, 7))
      }),
      'release-altered',
    ],
    [
      'sends without end',
      always((response, range) => endless(response, 206, { 'Content-Range': rangeOf(range) })),
      'release-altered|source-endless',
    ],
    [
      'sends the right bytes and goes on',
      (request, response) => {
        const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []
        response.writeHead(206, { 'Content-Range': rangeOf(request.headers.range ?? '') })
        response.write(readFileSync(join(kit.published, path)).subarray(Number(from), Number(to) + 1))
        response.end('more')
        return true
      },
      'source-endless',
    ],
    [
      'stops early',
      always((response, range) => {
        response.writeHead(206, { 'Content-Range': rangeOf(range) })
        response.end('short')
      }),
      'source-cut-short',
    ],
    ['breaks off', always((response) => response.destroy()), 'source-unreachable|source-cut-short'],
    ['says nothing', () => true, 'source-unreachable'],
    [
      'stalls in the middle',
      always((response, range) => {
        response.writeHead(206, { 'Content-Range': rangeOf(range) })
        response.write('a little')
      }),
      'source-unreachable|source-cut-short',
    ],
    [
      'trickles',
      always((response, range) => {
        response.writeHead(206, { 'Content-Range': rangeOf(range) })
        const timer = setInterval(() => response.write('.'), 50)
        response.on('close', () => clearInterval(timer))
      }),
      'source-unreachable',
    ],
    [
      'answers another range',
      always((response) => {
        response.writeHead(206, { 'Content-Range': 'bytes 1-2/3' })
        response.end('xx')
      }),
      'source-unreachable',
    ],
    ['has nothing', always((response) => void response.writeHead(404).end()), 'not-found'],
    ['is broken', always((response) => void response.writeHead(500).end()), 'source-unreachable'],
    [
      'sends Berth elsewhere',
      always((response) => void response.writeHead(302, { Location: 'https://example.org/x' }).end()),
      'source-redirects',
    ],
    [
      'sends Berth to another port',
      always((response) => void response.writeHead(302, { Location: 'http://127.0.0.1:1/x' }).end()),
      'source-redirects',
    ],
    [
      'sends Berth in circles',
      (request, response) =>
        void response.writeHead(302, { Location: request.url ?? '' }).end() === undefined,
      'source-redirects',
    ],
    [
      'sends Berth to no address',
      always((response) => void response.writeHead(302, { Location: 'http://[' }).end()),
      'source-redirects',
    ],
  ]

  it.each(cases)(
    'and %s is refused with the reason, and nothing is kept as whole',
    async (name, misbehave, codes) => {
      const server = await serve(misbehave)
      const result = await download([sourceAt(server, patienceWith(name))])
      expect(result.ok).toBe(false)
      if (!result.ok) expect(codes.split('|')).toContain(result.failure.code)
      expect(store.has(file)).toBe(false)
    },
  )

  it.each(cases)('and %s does no harm beside one that does not', async (name, misbehave) => {
    const [bad, good] = [await serve(misbehave), await serve()]
    expectWhole(await download([sourceAt(bad, patienceWith(name)), sourceAt(good)]))
  })

  it('is followed within its own address', async () => {
    const server = await serve((request, response, asked) => {
      if (asked.startsWith('moved/')) {
        sendFile(join(kit.published, asked.slice('moved/'.length)), request, response)
        return true
      }
      response.writeHead(302, { Location: `/moved/${asked}` }).end()
      return true
    })
    expectWhole(await download([sourceAt(server)]))
  })

  it.each([
    ['with a length', { 'Content-Length': 10_000_000 }],
    ['without a length', {}],
  ])('and sends an endless timestamp %s is stopped', async (_, headers) => {
    const server = await serve(always((response) => endless(response, 200, headers)))
    const source = sourceAt(server)
    const result = await source.readWhole('timestamp.json', 1000)
    source.close()
    expect(result).toMatchObject({ ok: false, failure: { code: 'source-endless' } })
  })
})
