import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveFiles, sendFile } from '../adapters/catalogue/testing/bad-server.ts'
import { httpCatalogueSource } from '../adapters/catalogue/http-catalogue-source.ts'
import { MiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { runForeign } from '../formats/testing/foreign-tools.ts'
import { newPracticePc } from '../practice/new-pc.ts'
import { developmentSigner } from '../system/release-signer.ts'
import { makeCutTestRelease } from '../system/testing/cut-test-release.ts'
import { schemas } from './schemas.ts'
import { faces, runBerth } from './testing/run-berth.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-catalogue-cli-'))
const env = {
  BERTH_KEYS: join(folder, 'keys'),
  BERTH_CACHE: join(folder, 'cache'),
  BERTH_RELEASES: join(folder, 'none'),
}
const published = join(folder, 'published')
const id = 'cut-test-1.0.0-x86_64'
const python = '/usr/bin/python3'

beforeAll(async () => {
  const signer = expectOk(await developmentSigner(join(env.BERTH_KEYS, 'dev-key.pem')))
  await makeCutTestRelease(join(published, 'releases', id), { signer, size: 6 * MiB })
  expectOk(await newPracticePc(join(folder, 'pc'), { like: 'windows-gap', unstarted: true }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(faces)('berth catalogue from $name', (face) => {
  const berth = (...args: string[]) => runBerth(face, ['catalogue', ...args], { env })
  const answer = async (command: string, ...args: string[]) => {
    const run = await berth(command, ...args, '--json')
    expect(run.err).toBe('')
    const document = run.document()
    schemas[`catalogue-${command}`]?.parse(document)
    return { exit: run.exit, document }
  }

  it('makes, shows, fetches, verifies and installs from what it fetched', async () => {
    rmSync(env.BERTH_CACHE, { recursive: true, force: true })
    expect((await answer('make', published)).document).toMatchObject({ releases: [id] })
    for (const name of ['catalogue', 'timestamp'])
      schemas[name === 'catalogue' ? name : `catalogue-${name}`]?.parse(
        JSON.parse(readFileSync(join(published, `${name}.json`), 'utf8')),
      )
    expect((await berth('list')).out).toContain('No catalogue is remembered')
    const server = await serveFiles(published)
    try {
      expect((await berth('fetch', '--from', server.address)).out).toContain('6 MiB to fetch')
      const list = await answer('list')
      expect(list.document).toMatchObject({
        releases: [{ id, missing: 6 * MiB }],
        catalogues: [{ own: true }],
      })
      expect((await answer('show', id)).document).toMatchObject({ release: { id }, missing: 6 * MiB })
      expect((await answer('verify', '--from', server.address)).document).toMatchObject({
        releases: [{ id, failure: null }],
      })
      // Planning needs no file of it; installing fetches them before it changes anything.
      const pc = join(folder, `pc-${face.name}`)
      execFileSync('cp', ['-r', '--sparse=always', join(folder, 'pc'), pc])
      const target = ['--pc', pc, '--release', id]
      const plan = await runBerth(face, ['plan', ...target, '--json'], { env })
      expect((await answer('list')).document).toMatchObject({ releases: [{ missing: 6 * MiB }] })
      const yes = String(plan.document()['fingerprint'])
      const run = await runBerth(face, ['install', ...target, '--yes', yes, '--json'], { env })
      expect(run.exit, run.err).toBe(0)
      const events = run.documents().map((one) => one['event'])
      expect(events.indexOf('release-check')).toBeGreaterThanOrEqual(0)
      expect(events.indexOf('release-check')).toBeLessThan(events.indexOf('step-begun'))
      expect((await answer('list')).document).toMatchObject({ releases: [{ missing: 0 }] })
    } finally {
      await server.close()
    }
    expect((await answer('fetch', id, '--from', published)).document).toMatchObject({ release: id })
  })

  it('answers with exit codes and one failure as data', async () => {
    const refused = async (code: string, exit: number, ...args: string[]) => {
      const run = await berth(...args, '--json')
      expect({ code: run.document()['code'], exit: run.exit }).toEqual({ code, exit })
      schemas['failure']?.parse(run.document())
    }
    await answer('make', published)
    await answer('fetch', '--from', published)
    await refused('release-not-found', 3, 'show', 'nothing-1.0')
    await refused('source-refused', 3, 'list', '--from', 'http://example.org/')
    await refused('source-unreachable', 1, 'list', '--from', 'http://127.0.0.1:1/')
    await refused('catalogue-not-found', 3, 'list', '--from', join(folder, 'nowhere'))
    const old = join(folder, `old-${face.name}`)
    cpSync(published, old, { recursive: true })
    await answer('make', published, '--timestamp-only')
    await answer('fetch', '--from', published)
    await refused('catalogue-rolled-back', 3, 'fetch', '--from', old)
    truncateSync(join(old, 'releases', id, `${id}.efi`), 1000)
    await answer('make', published)
    cpSync(join(published, 'timestamp.json'), join(old, 'timestamp.json'))
    cpSync(join(published, 'catalogue.json'), join(old, 'catalogue.json'))
    const verified = await berth('verify', '--from', old, '--json')
    expect(verified.exit).toBe(3)
    expect(verified.document()).toMatchObject({ releases: [{ failure: { code: 'source-cut-short' } }] })
  })
})

describe('what others make of a catalogue', () => {
  it('openssl agrees with every signature, over what python writes as canonical JSON', () => {
    for (const name of ['catalogue.json', 'timestamp.json', 'root/1.json']) {
      const path = join(published, name)
      const document = JSON.parse(readFileSync(path, 'utf8')) as {
        signatures: { publicKey: string; signature: string }[]
      }
      const script =
        'import json,sys\nsigned=json.load(open(sys.argv[1],encoding="utf-8"))["signed"]\n' +
        'open(sys.argv[2],"wb").write(json.dumps(signed,sort_keys=True,separators=(",",":"),ensure_ascii=False).encode())'
      const data = join(folder, 'signed.bin')
      execFileSync(python, ['-c', script, path, data])
      for (const { publicKey, signature } of document.signatures) {
        // RFC 8410: the DER of an ed25519 public key is twelve bytes and the key.
        writeFileSync(join(folder, 'key.der'), Buffer.from(`302a300506032b6570032100${publicKey}`, 'hex'))
        writeFileSync(join(folder, 'sig.bin'), Buffer.from(signature, 'hex'))
        const verify = () =>
          runForeign('openssl', [
            ...['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', join(folder, 'key.der')],
            ...['-rawin', '-in', data, '-sigfile', join(folder, 'sig.bin')],
          ])
        expect(verify()).toContain('Verified Successfully')
        writeFileSync(data, Buffer.concat([readFileSync(data), Buffer.from(' ')]))
        expect(verify).toThrow()
        execFileSync(python, ['-c', script, path, data])
      }
    }
  })

  it('a server is believed over TLS only with a certificate that is', async () => {
    mkdirSync(join(folder, 'tls'))
    const [key, certificate] = [join(folder, 'tls/key.pem'), join(folder, 'tls/certificate.pem')]
    runForeign('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate],
    ])
    const server = createServer(
      { key: readFileSync(key), cert: readFileSync(certificate) },
      (request, response) => sendFile(join(published, request.url ?? ''), request, response),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    try {
      const stranger = httpCatalogueSource(base)
      expect(await stranger.readWhole('timestamp.json', 10_000)).toMatchObject({
        ok: false,
        failure: { code: 'source-unreachable' },
      })
      const known = httpCatalogueSource(base, { authority: readFileSync(certificate, 'utf8') })
      expectOk(await known.readWhole('timestamp.json', 10_000))
      known.close()
      stranger.close()
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })
})
