import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../api/answer.ts'
import { createClient, type Client } from '../api/client.ts'
import { followRun } from '../api/follow-run.ts'
import type { NumberedEvent } from '../api/methods/run-methods.ts'
import type { PracticeScreen } from '../api/methods/practice-methods.ts'
import type { ReleaseId } from '../model/primitives.ts'
import { MiB, bytes } from '../base/bytes.ts'
import { startEngine } from './testing/engine-process.ts'
import { releaseIn } from './testing/release-in.ts'
import { testEngine, type TestEngine } from './testing/test-engine.ts'
import { streamTransport } from './transport/stream-transport.ts'

const target = 'practice:small'
const choices = { schema: 'berth/choices/1', bootSpace: bytes(128 * MiB) } as const
let world: TestEngine
let release: ReleaseId

function value<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value
  throw new Error(JSON.stringify(answer.failure))
}

async function planInstall(client: Client) {
  const planned = value(await client.call('plan.make', { target, goal: 'install', release, choices }))
  expect(planned.plan, JSON.stringify(planned.issues)).not.toBeNull()
  return planned
}

async function install(client: Client): Promise<string> {
  const { plan } = await planInstall(client)
  const fingerprint = plan?.fingerprint ?? ''
  return value(await client.call('run.start', { target, goal: 'install', release, choices, fingerprint })).run
}

/** Every event of a run up to its report. */
function wholeRun(client: Client, run: string): Promise<readonly NumberedEvent[]> {
  const events: NumberedEvent[] = []
  return new Promise((resolve) => {
    const follower = followRun(client, run, (event) => {
      events.push(event)
      if (event.event.event === 'run-ended') resolve(events)
    })
    void follower.catchUp()
  })
}

const outcomeOf = (events: readonly NumberedEvent[]) => {
  const last = events.at(-1)?.event
  return last?.event === 'run-ended' ? last.report.outcome : null
}

beforeAll(async () => {
  world = testEngine()
  release = await releaseIn(world.folder)
  const client = world.client()
  value(
    await client.call('practice.new', { name: 'small', from: { kind: 'template', template: 'windows-gap' } }),
  )
})
afterAll(() => world.remove())

describe('an engine with a practice PC', () => {
  it('lists what there is, probes it, and describes this PC as advisory', async () => {
    const client = world.client()
    const { targets } = value(await client.call('targets.list', {}))
    expect(targets.map(({ id, access, state }) => [id, access, state])).toEqual([
      ['this-pc', 'advisory', 'ready'],
      [target, 'read-write', 'ready'],
    ])
    const probed = value(await client.call('target.probe', { target }))
    expect(probed.kind === 'machine' && probed.machine.disks.length).toBe(1)
    const { releases } = value(await client.call('releases.list', {}))
    expect(releases).toMatchObject([{ id: release, failure: null, size: 2 * MiB }])
    expect(value(await client.call('status.get', { target })).status.state).toBe('absent')
    expect(value(await client.call('practice.next', { target }))).toMatchObject({ reason: 'first-in-order' })
  })

  it('refuses what is not allowed on this PC and on recordings, in words', async () => {
    const client = world.client()
    const fingerprint = '0'.repeat(64)
    for (const asked of [
      { target: 'this-pc', goal: 'recover' },
      { target: 'this-pc', goal: 'undo', fingerprint },
    ] as const)
      expect(await client.call('run.start', asked)).toMatchObject({
        ok: false,
        failure: { code: 'this-pc-later' },
      })
    const probed = value(await client.call('target.probe', { target }))
    const text = JSON.stringify(probed.kind === 'machine' ? probed.machine : null)
    const opened = value(
      await client.call('target.open-recording', { name: 'From a friend\u202e', text }),
    ).target
    expect(opened).toMatchObject({ kind: 'recording', access: 'read-only' })
    expect(opened.name).not.toContain('\u202e')
    const undo = { target: opened.id, goal: 'undo', fingerprint } as const
    expect(await client.call('run.start', undo)).toMatchObject({ failure: { code: 'read-only' } })
    expect(await client.call('target.open-recording', { name: 'x', text: '{}' })).toMatchObject({
      failure: { code: 'usage' },
    })
    value(await client.call('target.remove', { target: opened.id }))
    expect(value(await client.call('targets.list', {})).targets).toHaveLength(2)
  })

  it('gives the true limits of the space: the largest fits, and no more', async () => {
    const client = world.client()
    const { space } = await planInstall(client)
    const ask = async (bootSpace: number) => {
      const asked = {
        target,
        goal: 'install',
        release,
        choices: { ...choices, bootSpace: bytes(bootSpace) },
      } as const
      return value(await client.call('plan.make', asked)).plan
    }
    expect(space).not.toBeNull()
    const { least = 0, most = 0 } = space ?? {}
    expect(most).toBeGreaterThan(least)
    expect(await ask(least)).not.toBeNull()
    expect(await ask(most)).not.toBeNull()
    expect(await ask(most + MiB)).toBeNull()
  })

  it('installs, tells two pages the same, confirms nothing else, and takes it all away', async () => {
    const [one, two] = [world.client(), world.client()]
    const run = await install(one)
    expect(await two.call('practice.boot', { target })).toMatchObject({ failure: { code: 'busy' } })
    expect(await two.call('target.remove', { target })).toMatchObject({ failure: { code: 'busy' } })
    const [first, second] = await Promise.all([wholeRun(one, run), wholeRun(two, run)])
    expect(second).toEqual(first)
    expect(first.map((event) => event.sequence)).toEqual(first.map((_, index) => index + 1))
    expect(outcomeOf(first)).toBe('installed')
    expect(value(await two.call('status.get', { target })).status.state).toBe('trial')
    const wrong = { target, goal: 'undo', fingerprint: 'f'.repeat(64) } as const
    const refused = await wholeRun(one, value(await one.call('run.start', wrong)).run)
    expect(outcomeOf(refused)).toBe('refused')
    const { plan } = value(await one.call('plan.make', { target, goal: 'undo' }))
    const undo = { target, goal: 'undo', fingerprint: plan?.fingerprint ?? '' } as const
    expect(outcomeOf(await wholeRun(one, value(await one.call('run.start', undo)).run))).toBe('undone')
    expect(value(await one.call('status.get', { target })).status.state).toBe('absent')
    const { runs } = value(await two.call('runs.list', { target }))
    expect(runs.map(({ goal, state }) => [goal, state])).toEqual([
      ['undo', 'ended'],
      ['undo', 'ended'],
      ['install', 'ended'],
    ])
    // A page of an engine that is started anew still finds them.
    const again = testEngine(world.folder)
    expect(value(await again.client().call('run.follow', { run, after: 0 })).events).toEqual(
      first.slice(0, 500),
    )
  })

  it('stops a run at a safe point and leaves the PC as it was', async () => {
    const client = world.client()
    const stopped = new Promise<void>((resolve) => {
      const off = client.on('run.event', ({ run: told, event }) => {
        if (event.event !== 'step-begun') return
        off()
        void client.call('run.stop', { run: told }).then((answer) => {
          expect(value(answer).run.state).toBe('stopping')
          resolve()
        })
      })
    })
    const run = await install(client)
    const events = await wholeRun(client, run)
    await stopped
    expect(outcomeOf(events)).toBe('rolled-back')
    expect(value(await client.call('status.get', { target })).status.state).toBe('absent')
    expect(await client.call('run.stop', { run })).toMatchObject({ failure: { code: 'no-run' } })
  })

  it('previews and saves a report', async () => {
    const client = world.client()
    const { files } = value(await client.call('report.preview', { target, release, choices }))
    expect(files.map((file) => file.name)).toContain('machine.json')
    expect(files.some((file) => file.text.length > 0)).toBe(true)
    const saved = value(await client.call('report.save', { target }))
    expect(readdirSync(saved.folder).sort()).toEqual([...saved.files].sort())
    expect(saved.folder.startsWith(join(world.folder, 'data', 'reports'))).toBe(true)
  })

  it('keeps half-made and broken practice PCs apart from whole ones', async () => {
    const client = world.client()
    const wrong = { name: 'other', from: { kind: 'template', template: 'mainframe' } } as const
    expect(await client.call('practice.new', wrong)).toMatchObject({ failure: { code: 'usage' } })
    expect(existsSync(join(world.folder, 'data/practice/other'))).toBe(false)
    const taken = { name: 'small', from: { kind: 'template', template: 'bios' } } as const
    expect(await client.call('practice.new', taken)).toMatchObject({ failure: { code: 'already-exists' } })
    const { target: copy } = value(
      await client.call('practice.new', { name: 'copy', from: { kind: 'recording', target } }),
    )
    expect(copy).toMatchObject({ state: 'ready', access: 'read-write' })
    writeFileSync(join(world.folder, 'data/practice/copy/pc.json'), '{')
    const { targets } = value(await client.call('targets.list', {}))
    expect(targets.find((one) => one.id === copy.id)).toMatchObject({
      state: 'broken',
      failure: { code: 'malformed' },
    })
    value(await client.call('target.remove', { target: copy.id }))
    expect(world.faults).toEqual([])
  })

  it('shows the screen of a practice PC, takes keys and a pointer, and cuts its power', async () => {
    const client = world.client()
    const screens: PracticeScreen[] = []
    const shown = new Promise<void>((resolve) =>
      client.on('practice.screen', (screen) => {
        screens.push(screen)
        resolve()
      }),
    )
    const off = new Promise<void>((resolve) =>
      client.on('practice.state', ({ state }) => (state === 'off' ? resolve() : undefined)),
    )
    value(await client.call('practice.watch', { target, watch: true }))
    expect(value(await client.call('practice.boot', { target })).state.state).toBe('on')
    const undo = { target, goal: 'undo', fingerprint: 'f'.repeat(64) } as const
    expect(await client.call('run.start', undo)).toMatchObject({ failure: { code: 'busy' } })
    await shown
    const png = Buffer.from(screens[0]?.data ?? '', 'base64')
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
    expect(png.readUInt32BE(16)).toBe(screens[0]?.width)
    for (const input of [
      { kind: 'keys', keys: ['shift', 'a'] },
      { kind: 'key', key: 'esc', down: true },
      { kind: 'key', key: 'esc', down: false },
      { kind: 'pointer', x: 0.5, y: 1, buttons: ['left'] },
      { kind: 'pointer', x: 0.5, y: 1, buttons: [] },
    ] as const)
      value(await client.call('practice.input', { target, input }))
    const key = { kind: 'key', key: 'no_such_key', down: true } as const
    expect(await client.call('practice.input', { target, input: key })).toMatchObject({
      failure: { code: 'tool-failed' },
    })
    value(await client.call('practice.power', { target, action: 'cut' }))
    await off
    const { state, lines, starts } = value(await client.call('practice.follow', { target, after: 0 }))
    expect(state).toMatchObject({ state: 'off', start: 1, end: 'cut' })
    expect(starts).toHaveLength(1)
    expect(lines.map((line) => line.sequence)).toEqual(lines.map((_, index) => index + 1))
  })
})

describe('an engine process', () => {
  it('that is killed in the middle of a run leaves it to the next one to recover', async () => {
    const first = startEngine(world.folder, { env: { BERTH_CUT_AFTER: '12' } })
    value(await first.client.call('target.probe', { target }))
    const run = await install(first.client)
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
    const run = await install(first.client)
    first.client.close()
    expect(await first.ended).toBe(0)
    const { events } = value(await world.client().call('run.follow', { run, after: 0 }))
    expect(outcomeOf(events)).toBe('installed')
    const client = world.client()
    const { plan } = value(await client.call('plan.make', { target, goal: 'undo' }))
    const undo = { target, goal: 'undo', fingerprint: plan?.fingerprint ?? '' } as const
    expect(outcomeOf(await wholeRun(client, value(await client.call('run.start', undo)).run))).toBe('undone')
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
