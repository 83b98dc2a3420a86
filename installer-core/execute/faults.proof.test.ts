import { afterAll, describe, expect, it } from 'vitest'
import type { FaultOperation } from '../adapters/memory/fault-plan.ts'
import { expectOk } from '../base/result.ts'
import { setVariable } from '../formats/varstore/edit-varstore.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import { trialName, trialValue } from '../steps/variables.ts'
import { installedManifest } from './run-history.ts'
import { runPlan } from './run-plan.ts'
import { recordRun } from './testing/cut-run.ts'
import { bootFiles, expectEqual, expectInstalled, expectRepaired, snapshot } from './testing/cut-verdict.ts'
import { failEverywhere, type FaultCount, type Work } from './testing/fault-run.ts'
import { harmWorld } from './testing/harm-world.ts'
import { makeWorld } from './testing/make-world.ts'
import { beforeOf, toolsOn } from './testing/open-world.ts'
import {
  confirmPlan,
  credentialTexts,
  cutRelease,
  installPlan,
  nonce,
  releaseName,
  repairPlan,
  undoPlanFor,
  type Scenario,
} from './testing/scenario.ts'
import { writeCounts } from './testing/test-counts.ts'
import { clone, fork, type World } from './testing/world.ts'
import { undoPlan } from './undo-plan.ts'

/** Reads are called thousands of times: so many of them are tried, spread evenly. Of everything else every call, */
const reads = Number(process.env['BERTH_FAULT_READS'] ?? 4)
/** except where each run makes a partition: so many, unless the long matrix asks for more. */
const sampled = Number(process.env['BERTH_FAULT_CALLS'] ?? 3)

const scenarios: readonly Scenario[] = [
  {
    name: 'an ESP, listed in BootOrder',
    where: 'esp',
    room: 0,
    listInOrder: true,
    credentials: true,
    shape: { sectorSize: 512, disk: 60, esp: 40, ntfs: 8, store: 'OVMF_VARS.fd' },
  },
  {
    name: 'an XBOOTLDR in a gap',
    where: 'gap',
    room: 36,
    listInOrder: false,
    shape: { sectorSize: 512, disk: 60, esp: 10, ntfs: 8, store: 'OVMF_VARS.fd' },
  },
  {
    name: 'an XBOOTLDR from a shrunk NTFS',
    where: 'shrink',
    room: 36,
    listInOrder: false,
    shape: { sectorSize: 512, disk: 80, esp: 10, ntfs: 60, store: 'OVMF_VARS.fd' },
  },
]

const count: FaultCount = { faults: 0, outcomes: {}, codes: {} }
afterAll(() => {
  writeCounts('faults', { ...count })
  console.log(`faults: ${count.faults} ${JSON.stringify(count.outcomes)}`)
})

describe.each(scenarios)('faults: $name', (scenario) => {
  const start = makeWorld(scenario.shape)
  const before = snapshot(start)
  const every = scenario.where === 'esp' ? Number.POSITIVE_INFINITY : sampled
  const most = (operation: FaultOperation) => Math.min(every, operation.endsWith('.read') ? reads : every)
  const lasting = scenario.where === 'esp' ? [false, true] : [false]
  const install: Work = async (tools) => {
    const state = await beforeOf(toolsOn(fork(start)))
    return runPlan(tools, {
      plan: installPlan(scenario),
      release: cutRelease,
      credentials: credentialTexts,
      before: state,
    })
  }

  it('install: each fault ends in a clear error, nothing lost', async () => {
    const clean = await recordRun(start, 'installed', install)
    const undone = await recordRun(clean.end, 'undone', undoOf(await manifestIn(clean.end)))
    await failEverywhere(
      {
        start,
        work: install,
        most,
        lasting,
        judge: (world, outcome) => {
          if (outcome === 'installed') expectInstalled(world, scenario, false)
          else expectEqual(world, before, undone.end, scenario)
        },
      },
      count,
    )
  })

  it('undo: each fault ends in a clear error, and the undo can be finished', async () => {
    const installed = await recordRun(start, 'installed', install)
    const undo = undoOf(await manifestIn(installed.end))
    const { end } = await recordRun(installed.end, 'undone', undo)
    await failEverywhere(
      {
        start: installed.end,
        work: undo,
        most,
        lasting,
        judge: (world, outcome) => {
          expect(['undone', 'unchanged']).toContain(outcome)
          expectEqual(world, outcome === 'undone' ? before : snapshot(installed.end), end, scenario)
        },
      },
      count,
    )
  })
})

/** Where the room came from makes no difference to a repair: one kind of PC is enough. */
describe('faults: repair', () => {
  const scenario = scenarios[0] as Scenario

  it('ends in a clear error, with what was found or with what was made, and nothing lost', async () => {
    const whole = await confirmedOn(makeWorld(scenario.shape), scenario)
    const start = clone(whole)
    await harmWorld(start, scenario)
    const found = { ...snapshot(start), files: bootFiles(start, scenario) }
    const manifest = await manifestIn(start)
    const request = { plan: repairPlan(scenario), release: cutRelease, manifest }
    const before = await beforeOf(toolsOn(fork(start)))
    await failEverywhere(
      {
        start,
        work: (tools) => runPlan(tools, { ...request, before }),
        most: (operation) => (operation.endsWith('.read') ? reads : 4 * sampled),
        lasting: [false, true],
        judge: (world, outcome) => {
          if (outcome === 'repaired') return expectRepaired(world, whole, scenario)
          expectEqual(world, found, null, scenario)
          expect(bootFiles(world, scenario)).toEqual(found.files)
        },
      },
      count,
    )
  })
})

async function confirmedOn(start: World, scenario: Scenario): Promise<World> {
  const installed = await recordRun(start, 'installed', async (tools) =>
    runPlan(tools, {
      plan: installPlan(scenario),
      release: cutRelease,
      credentials: credentialTexts,
      before: await beforeOf(tools),
    }),
  )
  const started = clone(installed.end)
  const mark = { attributes: 7, data: trialValue(releaseName, nonce) }
  started.variables = expectOk(setVariable(started.variables, trialName, mark))
  const confirmed = await recordRun(started, 'confirmed', async (tools) =>
    runPlan(tools, { plan: confirmPlan(scenario), release: null, before: await beforeOf(tools) }),
  )
  return confirmed.end
}

async function manifestIn(world: Parameters<typeof fork>[0]): Promise<OwnershipManifest> {
  return expectOk(await installedManifest(toolsOn(fork(world)).journal)) as OwnershipManifest
}

function undoOf(manifest: OwnershipManifest): Work {
  return (tools) => undoPlan(tools, { plan: undoPlanFor(manifest), manifest })
}
