import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient, type ConnectedClient } from '../api/client.ts'
import { expectOk } from '../base/result.ts'
import { writeCounts } from '../execute/testing/test-counts.ts'
import { choices, helpedPc, release, type HelpedPc } from '../helper/testing/helped-pc.ts'
import { compareSnapshots, takeSnapshot, type PcSnapshot } from '../practice/snapshot.ts'
import { streamTransport } from '../transport/stream-transport.ts'
import { outcomeOf, value, wholeRun } from './testing/engine-kit.ts'

/** Every how many steps of an install somebody is killed; 1 in `npm run test:all`. */
const every = Number(process.env['BERTH_HELPER_KILL_EVERY'] ?? 8)
const target = 'this-pc'
const checkout = join(import.meta.dirname, '../..')

let world: HelpedPc
let before: PcSnapshot

beforeAll(async () => {
  world = await helpedPc()
  before = expectOk(await takeSnapshot(world.pc))
})
afterAll(() => world.remove())

interface Started {
  readonly child: ChildProcess
  readonly client: ConnectedClient
  readonly ended: Promise<unknown>
}

function startEngine(): Started {
  const script = join(checkout, 'installer-core/engine/testing/helped-engine-process.ts')
  const { program, args } = world.command
  const child = spawn(process.execPath, ['--import', 'tsx', script, world.folder, program, ...args], {
    cwd: checkout,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.on('exit', resolve))
  return {
    child,
    ended,
    client: createClient(streamTransport(child.stdout, child.stdin), { locale: 'en' }),
  }
}

/** Lets go of the engine, and waits until its helper is gone too. */
async function leave({ client, ended }: Started): Promise<void> {
  client.close()
  await ended
  await world.helperGone()
}

async function begin(client: ConnectedClient): Promise<string> {
  value(await client.call('target.probe', { target }))
  const planned = value(await client.call('plan.make', { target, goal: 'install', release, choices }))
  const fingerprint = planned.plan?.fingerprint ?? ''
  return value(await client.call('run.start', { target, goal: 'install', release, choices, fingerprint })).run
}

/** Takes away what is there; the PC is as it was in the beginning. */
async function undo(client: ConnectedClient): Promise<void> {
  const { plan } = value(await client.call('plan.make', { target, goal: 'undo' }))
  const asked = { target, goal: 'undo', fingerprint: plan?.fingerprint ?? '' } as const
  expect(outcomeOf(await wholeRun(client, value(await client.call('run.start', asked)).run))).toBe('undone')
}

async function expectAsBefore(): Promise<void> {
  expect(compareSnapshots(before, expectOk(await takeSnapshot(world.pc)))).toEqual([])
}

describe('an engine with a helper', () => {
  it('plans on this PC only with full rights, asks once, and does the whole job', async () => {
    const engine = startEngine()
    const { client } = engine
    const targets = async () =>
      value(await client.call('targets.list', {})).targets.map(({ access }) => access)
    expect(await targets()).toEqual(['advisory'])
    for (const call of [
      client.call('status.get', { target }),
      client.call('plan.make', { target, goal: 'undo' }),
      client.call('run.start', { target, goal: 'recover' }),
    ])
      expect(await call).toMatchObject({ ok: false, failure: { code: 'elevation-needed' } })
    const [one, two] = await Promise.all([
      client.call('target.elevate', { target }),
      client.call('target.elevate', { target }),
    ])
    expect(value(one).target.access).toBe('read-write')
    expect(two).toEqual(one)
    const run = await begin(client)
    expect(await client.call('run.start', { target, goal: 'recover' })).toMatchObject({
      failure: { code: 'busy' },
    })
    const events = await wholeRun(client, run)
    expect(outcomeOf(events)).toBe('installed')
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1))
    expect(value(await client.call('status.get', { target })).status.state).toBe('trial')
    const files = value(await client.call('report.preview', { target })).files.map((file) => file.name)
    expect(files.some((name) => name.includes('journal'))).toBe(true)
    await undo(client)
    await expectAsBefore()
    await leave(engine)
  })

  it('goes back to a first look when its helper is gone', async () => {
    const engine = startEngine()
    const { client } = engine
    value(await client.call('target.elevate', { target }))
    const changed = new Promise<void>((resolve) => client.on('target.changed', () => resolve()))
    process.kill(Number(readFileSync(join(world.folder, 'changes.pid'), 'utf8')), 'SIGKILL')
    await changed
    expect(value(await client.call('targets.list', {})).targets[0]?.access).toBe('advisory')
    expect(await client.call('status.get', { target })).toMatchObject({
      failure: { code: 'elevation-needed' },
    })
    expect(value(await client.call('target.elevate', { target })).target.access).toBe('read-write')
    await leave(engine)
  })
})

/** Kills at a step's event number `at`; false when the run ended before it. */
async function killAt(at: number, who: 'helper' | 'engine' | 'both'): Promise<boolean> {
  const engine = startEngine()
  const { client, child } = engine
  value(await client.call('target.elevate', { target }))
  const helper = Number(readFileSync(join(world.folder, 'changes.pid'), 'utf8'))
  let steps = 0
  let killed = false
  const over = new Promise<void>((resolve) => {
    client.on('run.event', ({ event }) => {
      if (event.event === 'step-begun' || event.event === 'step-ended') steps += 1
      if (steps === at && !killed) {
        killed = true
        if (who !== 'engine') process.kill(helper, 'SIGKILL')
        if (who !== 'helper') child.kill('SIGKILL')
      }
      if (event.event === 'run-ended') resolve()
    })
    void client.closed.then(resolve)
  })
  await begin(client)
  await over
  await leave(engine)
  return killed
}

describe.each(['helper', 'engine', 'both'] as const)('with the %s killed in the middle', (who) => {
  it('a new start brings the PC to one of two ends', async () => {
    const outcomes: Record<string, number> = {}
    let at = 1
    for (; await killAt(at, who); at += every) {
      const engine = startEngine()
      const { client } = engine
      value(await client.call('target.elevate', { target }))
      const recover = value(await client.call('run.start', { target, goal: 'recover' })).run
      const outcome = outcomeOf(await wholeRun(client, recover)) ?? 'none'
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      const { state } = value(await client.call('status.get', { target })).status
      // A helper that lost its caller took everything back by itself, or was through.
      expect(['rolled-back', 'installed', 'nothing-to-do'], `${outcome} at ${at}`).toContain(outcome)
      expect(['absent', 'trial'], `${state} at ${at}`).toContain(state)
      if (state === 'trial') await undo(client)
      await expectAsBefore()
      await leave(engine)
    }
    // The last one was not killed at all.
    const engine = startEngine()
    value(await engine.client.call('target.elevate', { target }))
    await undo(engine.client)
    await expectAsBefore()
    await leave(engine)
    expect(at).toBeGreaterThan(8)
    expect(outcomes['rolled-back'] ?? outcomes['nothing-to-do']).toBeGreaterThan(0)
    writeCounts(`helper-kills-${who}`, { 'processes killed in a run': Math.ceil((at - 1) / every) })
    console.log(`${who} killed: ${JSON.stringify(outcomes)}`)
  })
})
