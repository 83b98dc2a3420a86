import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loseEntryAndFile } from '../adapters/testing/lose-entry-and-file.ts'
import type { PracticeScreen } from '../api/methods/practice-methods.ts'
import { MiB, bytes } from '../base/bytes.ts'
import type { ReleaseId } from '../model/primitives.ts'
import {
  choices,
  install,
  outcomeOf,
  planInstall,
  runPlanned,
  smallPracticePc,
  target,
  undo,
  value,
  wholeRun,
} from './testing/engine-kit.ts'
import { releaseIn } from './testing/release-in.ts'
import { testEngine, type TestEngine } from './testing/test-engine.ts'

let world: TestEngine
let release: ReleaseId

beforeAll(async () => {
  world = testEngine()
  release = await releaseIn(world.folder)
  await smallPracticePc(world.client())
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
    const unwanted = { target: opened.id, goal: 'undo', fingerprint } as const
    expect(await client.call('run.start', unwanted)).toMatchObject({ failure: { code: 'read-only' } })
    expect(await client.call('target.open-recording', { name: 'x', text: '{}' })).toMatchObject({
      failure: { code: 'usage' },
    })
    value(await client.call('target.remove', { target: opened.id }))
    expect(value(await client.call('targets.list', {})).targets).toHaveLength(2)
  })

  it('gives the true limits of the space: the largest fits, and no more', async () => {
    const client = world.client()
    const { space } = await planInstall(client, release)
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

  it("says in the page's language what is not as it was made, and repairs it from the catalogue", async () => {
    const client = world.client()
    expect(outcomeOf(await wholeRun(client, await install(client, release)))).toBe('installed')
    const cancel = { target, goal: 'switch', system: 'none' } as const
    expect(await runPlanned(client, cancel)).toBe('switched')
    const folder = join(world.folder, 'data', 'practice', 'small')
    await loseEntryAndFile(folder, '/EFI/Berth/cut-test-1.0.0-x86_64.txt')
    const { status } = value(await client.call('status.get', { target }))
    expect(status).toMatchObject({ state: 'damaged', next: null })
    expect(status.findings.map(({ title }) => title)).toContain("The new system's boot entry is gone")
    expect(await runPlanned(client, { target, goal: 'repair' })).toBe('repaired')
    expect(value(await client.call('status.get', { target })).status.findings).toEqual([])
    expect(await undo(client)).toBe('undone')
  })

  it('installs, tells two pages the same, confirms nothing else, and takes it all away', async () => {
    const [one, two] = [world.client(), world.client()]
    const run = await install(one, release)
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
    expect(await undo(one)).toBe('undone')
    expect(value(await one.call('status.get', { target })).status.state).toBe('absent')
    const { runs } = value(await two.call('runs.list', { target }))
    expect(runs.slice(0, 3).map(({ goal, state }) => [goal, state])).toEqual([
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
    const run = await install(client, release)
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
    const unwanted = { target, goal: 'undo', fingerprint: 'f'.repeat(64) } as const
    expect(await client.call('run.start', unwanted)).toMatchObject({ failure: { code: 'busy' } })
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

  it('lets a system start and says why it was that one', async () => {
    const client = world.client()
    const lines: string[] = []
    client.on('practice.line', ({ text }) => lines.push(text))
    const start = new Promise((resolve) => client.on('practice.start', resolve))
    value(await client.call('practice.boot', { target }))
    expect(await start).toMatchObject({ start: 1, reason: 'first-in-order', end: 'power-off' })
    expect(lines).toContainEqual(expect.stringContaining('Windows stand-in'))
    const known = value(await client.call('practice.follow', { target, after: 0 }))
    expect(known.lines.slice(-lines.length).map((line) => line.text)).toEqual(lines)
    const missed = value(await client.call('practice.follow', { target, after: known.state.lastLine - 1 }))
    expect(missed.lines).toEqual(known.lines.slice(-1))
  })
})
