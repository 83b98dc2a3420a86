import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient, type Client } from '../api/client.ts'
import type { ReleaseId } from '../model/primitives.ts'
import { install, outcomeOf, smallPracticePc, target, undo, value, wholeRun } from './testing/engine-kit.ts'
import { startEngine } from './testing/engine-process.ts'
import { releaseIn } from './testing/release-in.ts'
import { testEngine, type TestEngine } from './testing/test-engine.ts'
import { streamTransport } from '../transport/stream-transport.ts'

let world: TestEngine
let release: ReleaseId

beforeAll(async () => {
  world = testEngine()
  release = await releaseIn(world.folder)
  await smallPracticePc(world.client())
})
afterAll(() => world.remove())

describe('an engine process', () => {
  it('that is killed in the middle of a run leaves it to the next one to recover', async () => {
    const first = startEngine(world.folder, { env: { BERTH_CUT_AFTER: '12' } })
    value(await first.client.call('target.probe', { target }))
    const run = await install(first.client, release)
    await first.ended
    await first.client.closed
    expect(await first.client.call('targets.list', {})).toMatchObject({
      failure: { code: 'connection-lost' },
    })

    const second = startEngine(world.folder)
    const { client } = second
    const follow = value(await client.call('run.follow', { run, after: 0 }))
    expect(follow.run).toMatchObject({ state: 'interrupted', goal: 'install' })
    expect(follow.events.map((event) => event.sequence)).toEqual(follow.events.map((_, index) => index + 1))
    expect(value(await client.call('status.get', { target })).status.state).toBe('interrupted')
    const recover = value(await client.call('run.start', { target, goal: 'recover' })).run
    expect(outcomeOf(await wholeRun(client, recover))).toBe('rolled-back')
    expect(value(await client.call('status.get', { target })).status.state).toBe('absent')
    client.close()
    expect(await second.ended).toBe(0)
  })

  it('finishes a run whose window is gone', async () => {
    const first = startEngine(world.folder)
    const run = await install(first.client, release)
    first.client.close()
    expect(await first.ended).toBe(0)
    const { events } = value(await world.client().call('run.follow', { run, after: 0 }))
    expect(outcomeOf(events)).toBe('installed')
    const client = world.client()
    expect(await undo(client)).toBe('undone')
  })

  it('speaks on a pipe as well, and describes this PC', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'berth-pipe-'))
    const path = join(folder, 'wire')
    const server = createServer()
    const arrived = new Promise<Client & { close(): void }>((resolve) =>
      server.on('connection', (socket) =>
        resolve(createClient(streamTransport(socket, socket), { locale: 'en' })),
      ),
    )
    await new Promise<void>((resolve) => server.listen(path, resolve))
    const engine = startEngine(world.folder, { args: ['--pipe', path] })
    const client = await arrived
    const hello = value(await client.call('session.hello', { contract: 1, language: 'en-GB' }))
    expect(hello).toMatchObject({ contract: 1, platform: 'linux' })
    const seen = value(await client.call('target.probe', { target: 'this-pc' }))
    expect(seen).toMatchObject({ kind: 'advisory', thisPc: { advisory: true, os: { kind: 'linux' } } })
    client.close()
    expect(await engine.ended).toBe(0)
    server.close()
    rmSync(folder, { recursive: true })
  })
})
