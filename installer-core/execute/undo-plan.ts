import { fail, ok, type Result } from '../base/result.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { Plan } from '../model/plan.ts'
import type { Report } from '../model/report.ts'
import { guarded, newRunName, refuseWhileOpen } from './guarded.ts'
import { JournalWriter } from './journal.ts'
import { latestReadableRun } from './run-history.ts'
import { takeStepBack } from './roll-back.ts'
import { noProof, Run, type Prove } from './run.ts'
import type { RunTools } from './run-tools.ts'

/** An installation to take away: its ownership manifest (from the boot volume or a journal), and the plan to do it. */
export interface UndoRequest {
  /** Goal `undo` or `clear-room`; its steps are removals whose `of` counts in the manifest's plan. */
  readonly plan: Plan
  readonly manifest: OwnershipManifest
  /** Proves the after-state; when it fails, the report says `interrupted`. */
  readonly prove?: Prove
}

/**
 * Takes an installation away, as far as it is still Berth's. What was left, and why, is in the report's steps.
 * `interrupted` when a removal failed or the person asked to stop: `recover` finishes it.
 */
export function undoPlan(tools: RunTools, request: UndoRequest): Promise<Result<Report>> {
  return guarded(
    tools,
    'Berth is removing a system from this PC.',
    (latest) => refuseWhileOpen(latest, () => undoNew(tools, request)),
    latestReadableRun,
  )
}

async function undoNew(tools: RunTools, { plan, manifest, prove }: UndoRequest): Promise<Result<Report>> {
  const name = await newRunName(tools, plan.goal)
  if (!name.ok) return name
  const writer = new JournalWriter(tools.journal, name.value, () => tools.clock.now())
  const run = new Run(tools, writer, manifest, plan)
  const { before } = manifest
  const begun = await run.record({
    record: 'begun',
    run: name.value,
    plan,
    before,
    manifest,
    version: tools.version,
  })
  if (!begun.ok) return begun
  run.begin()
  const announced = await run.record({ record: 'undoing', reason: 'request' })
  if (!announced.ok) return ok(run.report('interrupted', plan.goal, announced.failure))
  return ok(await takeAway(run, new Set(), plan.goal, prove ?? noProof))
}

/** Does the removals that are not done yet, in the plan's order, and closes the run as what it was meant to be. */
export async function takeAway(
  run: Run,
  undone: ReadonlySet<number>,
  goal: Report['goal'],
  prove: Prove,
): Promise<Report> {
  for (const step of run.plan.steps.keys()) {
    if (undone.has(step)) continue
    await run.tools.cancellation.pause?.()
    const stop = run.tools.cancellation.requested ? fail('cancelled') : null
    const back = stop ?? (await takeStepBack(run, step, null, false))
    if (!back.ok) return run.report('interrupted', goal, back.failure)
  }
  const proof = await prove(run.left)
  if (!proof.ok) return run.report('interrupted', goal, proof.failure)
  const outcome = run.plan.goal === 'clear-room' ? 'room-cleared' : 'undone'
  const ended = await run.record({ record: 'ended', outcome })
  return run.report(ended.ok ? outcome : 'interrupted', goal, ended.ok ? null : ended.failure, proof.value)
}
