import { afterAll, describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { seeded } from '../formats/testing/fuzz.ts'
import { setVariable } from '../formats/varstore/edit-varstore.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import { trialName, trialValue } from '../steps/variables.ts'
import { installedManifest } from './run-history.ts'
import { runPlan } from './run-plan.ts'
import { cutEverywhere, newCount, recordRun, type CutPlan, type Recording } from './testing/cut-run.ts'
import { expectEqual, expectInstalled, snapshot } from './testing/cut-verdict.ts'
import { makeWorld } from './testing/make-world.ts'
import { beforeOf, toolsOn } from './testing/open-world.ts'
import {
  confirmPlan,
  cutRelease,
  installPlan,
  nonce,
  releaseName,
  undoPlanFor,
  type Scenario,
} from './testing/scenario.ts'
import { writeCounts } from './testing/test-counts.ts'
import { clone, fork, type World } from './testing/world.ts'
import { undoPlan } from './undo-plan.ts'

/** Subsets tried at a boundary with more than ten sectors pending. */
const samples = Number(process.env['BERTH_CUT_SAMPLES'] ?? 2)

const scenarios: readonly Scenario[] = [
  {
    name: 'a big ESP',
    where: 'esp',
    room: 0,
    listInOrder: true,
    shape: { sectorSize: 512, disk: 60, esp: 40, ntfs: 8, store: 'OVMF_VARS.fd' },
  },
  {
    name: 'an XBOOTLDR in a gap',
    where: 'gap',
    room: 36,
    listInOrder: false,
    shape: { sectorSize: 512, disk: 64, esp: 10, ntfs: 8, store: 'OVMF_VARS_4M.fd' },
  },
  {
    name: 'an XBOOTLDR from a shrunk NTFS',
    where: 'shrink',
    room: 36,
    listInOrder: false,
    shape: { sectorSize: 512, disk: 80, esp: 10, ntfs: 60, store: 'OVMF_VARS.fd' },
  },
  {
    name: 'an XBOOTLDR in a gap, 4Kn',
    where: 'gap',
    room: 260,
    listInOrder: false,
    shape: { sectorSize: 4096, disk: 600, esp: 300, ntfs: 8, store: 'OVMF_VARS.fd' },
  },
  {
    name: 'an XBOOTLDR from a shrunk NTFS, 4Kn',
    where: 'shrink',
    room: 260,
    listInOrder: false,
    shape: { sectorSize: 4096, disk: 620, esp: 300, ntfs: 300, store: 'OVMF_VARS.fd' },
  },
]

const count = newCount()
const started = performance.now()
afterAll(() => {
  const seconds = (performance.now() - started) / 1000
  writeCounts('cuts', { ...count, samples, seconds: Math.round(seconds), skipped: 0 })
  console.log(
    `cuts: ${count.cuts} (${count.twice} of them cut again while recovering) in ${seconds.toFixed(0)} s`,
  )
})

describe.each(scenarios)('cuts: $name', (scenario) => {
  const start = makeWorld(scenario.shape)
  const random = seeded(scenario.name.length * 7919 + scenario.shape.sectorSize)
  const options = { samples, random, twiceEvery: 25 }
  let install: Recording
  let confirm: Recording
  let restored: World

  async function cut(recording: Recording, judge: CutPlan['judge']): Promise<void> {
    await cutEverywhere(recording, { ...options, judge }, count)
  }

  async function undoOn(world: World): Promise<Recording> {
    const manifest = expectOk(await installedManifest(toolsOn(fork(world)).journal)) as OwnershipManifest
    return recordRun(world, 'undone', (tools) => undoPlan(tools, { plan: undoPlanFor(manifest), manifest }))
  }

  it('installs, and undoes to the snapshot', async () => {
    install = await recordRun(start, 'installed', async (tools) =>
      runPlan(tools, { plan: installPlan(scenario), release: cutRelease, before: await beforeOf(tools) }),
    )
    expectInstalled(install.end, scenario, false)
    const before = clone(install.end)
    const mark = { attributes: 7, data: trialValue(releaseName, nonce) }
    before.variables = expectOk(setVariable(before.variables, trialName, mark))
    confirm = await recordRun(before, 'confirmed', async (tools) =>
      runPlan(tools, { plan: confirmPlan(scenario), release: null, before: await beforeOf(tools) }),
    )
    expectInstalled(confirm.end, scenario, true)
    const undo = await undoOn(confirm.end)
    restored = undo.end
    expectEqual(restored, snapshot(start), restored)
  })

  it('install: ends installed or equal to the snapshot, wherever it is cut', async () => {
    const before = snapshot(start)
    await cut(install, (world, outcome) => {
      expect(['installed', 'rolled-back', 'unchanged']).toContain(outcome)
      if (outcome === 'installed') expectInstalled(world, scenario, false)
      else expectEqual(world, before, restored)
    })
  })

  it('confirm: ends confirmed or back in the trial, wherever it is cut', async () => {
    const trial = snapshot(confirm.start)
    const confirmed = snapshot(confirm.end)
    await cut(confirm, (world, outcome) => {
      expect(['confirmed', 'rolled-back', 'unchanged']).toContain(outcome)
      const isConfirmed = outcome === 'confirmed'
      expectEqual(world, isConfirmed ? confirmed : trial, null)
      expectInstalled(world, scenario, isConfirmed)
    })
  })

  it('undo: ends equal to the snapshot, wherever it is cut', async () => {
    const undo = await undoOn(confirm.end)
    const before = snapshot(start)
    const installed = snapshot(confirm.end)
    await cut(undo, (world, outcome) => {
      expect(['undone', 'unchanged']).toContain(outcome)
      if (outcome === 'undone') expectEqual(world, before, restored)
      else expectEqual(world, installed, null)
    })
  })
})
