import { afterAll, describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { seeded } from '../../formats/testing/fuzz.ts'
import { setVariable } from '../../formats/varstore/edit-varstore.ts'
import type { OwnershipManifest } from '../../model/manifest.ts'
import { trialName, trialValue } from '../../steps/variables.ts'
import { installedManifest } from '../run-history.ts'
import { runPlan } from '../run-plan.ts'
import { cutEverywhere, newCount, recordRun, type CutPlan, type Recording } from './cut-run.ts'
import { bootFiles, expectEqual, expectInstalled, expectRepaired, snapshot } from './cut-verdict.ts'
import { harmWorld } from './harm-world.ts'
import { makeWorld } from './make-world.ts'
import { expectSoundNtfs } from './ntfs-check.ts'
import { beforeOf, toolsOn } from './open-world.ts'
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
} from './scenario.ts'
import { writeCounts } from './test-counts.ts'
import { clone, fork, type World } from './world.ts'
import { undoPlan } from '../undo-plan.ts'

/** Subsets tried at a boundary with more than ten sectors pending. */
const samples = Number(process.env['BERTH_CUT_SAMPLES'] ?? 2)

/** Installs, confirms, repairs and undoes on every scenario, cuts everywhere, and leaves the totals under `name`. */
export function cutSuite(name: string, scenarios: readonly Scenario[]): void {
  const count = newCount()
  const started = performance.now()
  afterAll(() => {
    const seconds = Math.round((performance.now() - started) / 1000)
    writeCounts(name, { ...count, samples, seconds, skipped: 0 })
    console.log(`${name}: ${count.cuts} cuts, ${count.twice} recoveries cut again, ${seconds} s`)
  })
  describe.each(scenarios)('cuts: $name', (scenario) => {
    const start = makeWorld(scenario.shape)
    const random = seeded(scenario.name.length * 7919 + scenario.shape.sectorSize)
    const options = { samples, random, twiceEvery: 100 }
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
        runPlan(tools, {
          plan: installPlan(scenario),
          release: cutRelease,
          credentials: credentialTexts,
          before: await beforeOf(tools),
        }),
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
      expectEqual(restored, snapshot(start), restored, scenario)
      expectSoundNtfs(restored, scenario)
    })

    it('install: ends installed or equal to the snapshot, wherever it is cut', async () => {
      const before = snapshot(start)
      await cut(install, (world, outcome) => {
        expect(['installed', 'rolled-back', 'unchanged']).toContain(outcome)
        if (outcome === 'installed') expectInstalled(world, scenario, false)
        else expectEqual(world, before, restored, scenario)
      })
    })

    it('confirm: ends confirmed or back in the trial, wherever it is cut', async () => {
      const trial = snapshot(confirm.start)
      const confirmed = snapshot(confirm.end)
      await cut(confirm, (world, outcome) => {
        expect(['confirmed', 'rolled-back', 'unchanged']).toContain(outcome)
        const isConfirmed = outcome === 'confirmed'
        expectEqual(world, isConfirmed ? confirmed : trial, null, scenario)
        expectInstalled(world, scenario, isConfirmed)
      })
    })

    // Nothing in a repair depends on where the room came from.
    if (scenario.where !== 'shrink') {
      it('repair: ends repaired or as it was found, wherever it is cut, and can still be undone', async () => {
        const harmed = clone(confirm.end)
        await harmWorld(harmed, scenario)
        const manifest = expectOk(await installedManifest(toolsOn(fork(harmed)).journal)) as OwnershipManifest
        const request = { plan: repairPlan(scenario), release: cutRelease, manifest }
        const repair = await recordRun(harmed, 'repaired', async (tools) =>
          runPlan(tools, { ...request, before: await beforeOf(tools) }),
        )
        expectRepaired(repair.end, confirm.end, scenario)
        const undo = await undoOn(repair.end)
        expectEqual(undo.end, snapshot(start), restored, scenario)
        const found = { ...snapshot(harmed), files: bootFiles(harmed, scenario) }
        await cut(repair, (world, outcome) => {
          expect(['repaired', 'rolled-back', 'unchanged']).toContain(outcome)
          if (outcome === 'repaired') return expectRepaired(world, confirm.end, scenario)
          expectEqual(world, found, null, scenario)
          expect(bootFiles(world, scenario)).toEqual(found.files)
        })
      })
    }

    it('undo: ends equal to the snapshot, wherever it is cut', async () => {
      const undo = await undoOn(confirm.end)
      const before = snapshot(start)
      const installed = snapshot(confirm.end)
      await cut(undo, (world, outcome) => {
        expect(['undone', 'unchanged']).toContain(outcome)
        if (outcome === 'undone') expectEqual(world, before, restored, scenario)
        else expectEqual(world, installed, null, scenario)
      })
    })
  })
}
