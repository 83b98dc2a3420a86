import { expect, it } from 'vitest'
import { expectOk, type Result } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import { deleteVariable, setVariable } from '../formats/varstore/edit-varstore.ts'
import { manifestPath } from '../model/manifest.ts'
import type { RunEvent } from '../model/report.ts'
import { parseManifest, readText } from '../steps/boot-files.ts'
import { bootVariable, numbersToBytes } from '../steps/variables.ts'
import { recover } from './recover.ts'
import { runPlan } from './run-plan.ts'
import type { RunTools } from './run-tools.ts'
import { expectEqual, expectInstalled, snapshot } from './testing/cut-verdict.ts'
import { diskGuid, espGuid, makeWorld } from './testing/make-world.ts'
import { beforeOf, toolsOn } from './testing/open-world.ts'
import { cutRelease, installPlan, ownEntry, undoPlanFor, type Scenario } from './testing/scenario.ts'
import { clone, type World } from './testing/world.ts'
import { undoPlan } from './undo-plan.ts'

const scenario: Scenario = {
  name: 'a big ESP',
  where: 'esp',
  room: 0,
  listInOrder: true,
  shape: { sectorSize: 512, disk: 60, esp: 40, ntfs: 0, store: 'OVMF_VARS.fd' },
}
const start = makeWorld(scenario.shape)
const before = snapshot(start)
const order = { vendor: vendor.global, name: 'BootOrder' }
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code)

async function install(tools: RunTools) {
  return runPlan(tools, { plan: installPlan(scenario), release: cutRelease, before: await beforeOf(tools) })
}

async function installed(): Promise<World> {
  const world = clone(start)
  expect(expectOk(await install(toolsOn(world))).outcome).toBe('installed')
  expectInstalled(world, scenario, false)
  return world
}

async function manifestOn(world: World) {
  const tree = expectOk(await toolsOn(world).platform.openBootVolume(diskGuid as never, espGuid as never))
  return expectOk(parseManifest(expectOk(await readText(tree, manifestPath)) ?? ''))
}

it('refuses a second run while one is under way, and while one is open', async () => {
  const world = clone(start)
  const tools = toolsOn(world)
  const unlock = expectOk(await tools.journal.lock())
  expect(code(await install(tools))).toBe('run-locked')
  await unlock()
  const dying = { ...tools, onEvent: (event: RunEvent) => event.event === 'step-ended' && dieNow() }
  await expect(install(dying)).rejects.toThrow('power')
  expect(code(await install(toolsOn(world)))).toBe('run-open')
  expect(expectOk(await recover(toolsOn(world))).outcome).toBe('rolled-back')
  expectEqual(world, before, null, scenario)
  expect(expectOk(await recover(toolsOn(world))).outcome).toBe('nothing-to-do')
  expect(expectOk(await install(toolsOn(world))).outcome).toBe('installed')
})

function dieNow(): never {
  throw new Error('power')
}

it('takes everything back when the person stops it, at every safe point', async () => {
  for (let polls = 0; ; polls += 1) {
    const world = clone(start)
    let left = polls
    const cancellation = {
      get requested() {
        return left-- <= 0
      },
    }
    const report = expectOk(await install({ ...toolsOn(world), cancellation }))
    if (report.outcome === 'installed') {
      expect(polls).toBeGreaterThan(3)
      return
    }
    expect([report.outcome, report.failure]).toEqual(['rolled-back', { code: 'cancelled', facts: {} }])
    expectEqual(world, before, null, scenario)
  }
})

it('pauses before and after it tells of a step, and stops when it was asked to meanwhile', async () => {
  for (const askedAt of [1, 2, 3, 4]) {
    const world = clone(start)
    const [events, cancellation] = [
      [] as string[],
      {
        requested: false,
        pause: async () => {
          events.push('pause')
          cancellation.requested ||= events.filter((event) => event === 'pause').length === askedAt
        },
      },
    ]
    const onEvent = ({ event }: RunEvent) => void events.push(event)
    const report = expectOk(await install({ ...toolsOn(world), cancellation, onEvent }))
    expect(report).toMatchObject({ outcome: 'rolled-back', failure: { code: 'cancelled' } })
    expect(events.slice(0, 2)).toEqual(['run-begun', 'pause'])
    if (askedAt > 1) expect(events.slice(2, 4)).toEqual(['step-begun', 'pause'])
    expectEqual(world, before, null, scenario)
  }
})

it('tells what goes on, numbered without a gap, and proves at the end or rolls back', async () => {
  const events: RunEvent[] = []
  const world = clone(start)
  const tools = { ...toolsOn(world), onEvent: (event: RunEvent) => events.push(event) }
  expect(expectOk(await install(tools)).outcome).toBe('installed')
  expect(events.map((event) => event.sequence)).toEqual(events.map((_, i) => i))
  expect(events.filter((event) => event.event === 'step-ended')).toHaveLength(3)
  expect(events.some((event) => event.event === 'step-progress' && event.done === event.total)).toBe(true)
  const doubted = clone(start)
  const doubting = toolsOn(doubted)
  const report = expectOk(
    await runPlan(doubting, {
      plan: installPlan(scenario),
      release: cutRelease,
      before: await beforeOf(doubting),
      prove: async () => ({ ok: false, failure: { code: 'read-back-differs', facts: { what: 'proof' } } }),
    }),
  )
  expect(report.outcome).toBe('rolled-back')
  expectEqual(doubted, before, null, scenario)
})

it('undoes from the manifest on the boot volume alone', async () => {
  const world = await installed()
  world.journal.clear()
  const manifest = await manifestOn(world)
  const report = expectOk(await undoPlan(toolsOn(world), { plan: undoPlanFor(manifest), manifest }))
  expect([report.outcome, report.steps.flatMap((step) => step.left)]).toEqual(['undone', []])
  expectEqual(world, before, null, scenario)
})

it('tolerates what is gone already and keeps what came meanwhile', async () => {
  const world = await installed()
  const manifest = await manifestOn(world)
  const tree = expectOk(await toolsOn(world).platform.openBootVolume(diskGuid as never, espGuid as never))
  expectOk(await tree.remove('/berth/cut/root.img'))
  expectOk(await tree.sync())
  const added = { attributes: 7, data: Uint8Array.of(1, 0, 0, 0, 0, 0, 65, 0, 0, 0) }
  world.variables = expectOk(deleteVariable(world.variables, bootVariable(ownEntry)))
  world.variables = expectOk(setVariable(world.variables, bootVariable(7), added))
  const listed = { attributes: 7, data: numbersToBytes([0, 7, ownEntry]) }
  world.variables = expectOk(setVariable(world.variables, order, listed))
  const report = expectOk(await undoPlan(toolsOn(world), { plan: undoPlanFor(manifest), manifest }))
  expect(report.outcome).toBe('undone')
  const now = snapshot(world)
  expect(now.espFiles).toEqual(before.espFiles)
  expect(now.variables).toMatchObject({ [`${vendor.global}/BootOrder`]: '00000700' })
  expect(Object.keys(now.variables)).toContain(`${vendor.global}/Boot0007`)
})
