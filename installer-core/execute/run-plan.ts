import type { Failure } from '../base/failure.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { Plan } from '../model/plan.ts'
import type { Evidence, Report } from '../model/report.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { guarded, newRunName, refuseWhileOpen } from './guarded.ts'
import { JournalWriter } from './journal.ts'
import { rollBack } from './roll-back.ts'
import { noProof, Run, type Prove } from './run.ts'
import type { Before, RunTools } from './run-tools.ts'

/** A plan to run: `install`, `confirm`, `switch`, `repair` or `make-room`. */
export interface RunRequest {
  readonly plan: Plan
  /** For plans that write a release's files. */
  readonly release: OpenRelease | null
  readonly before: Before
  /** What is being repaired: the ownership manifest of the installation. */
  readonly manifest?: OwnershipManifest
  /** The texts of credentials by their path; they go nowhere but onto the boot volume. */
  readonly credentials?: ReadonlyMap<string, string>
  /** Proves the after-state when all steps have verified; when it fails, the run is rolled back. */
  readonly prove?: Prove
}

/** The outcome of a run that reached its end. */
export function outcomeOf(goal: Plan['goal']): (typeof outcomes)[Plan['goal']] {
  return outcomes[goal]
}

const outcomes = {
  install: 'installed',
  confirm: 'confirmed',
  switch: 'switched',
  repair: 'repaired',
  undo: 'undone',
  'make-room': 'room-prepared',
  'clear-room': 'room-cleared',
} as const

/**
 * Runs a plan. Every step is announced in the journal, with what its undo needs, before it changes anything. When a step
 * fails, or the person asks to stop, everything is taken back: the report says `rolled-back` and why. `interrupted`: not
 * even that worked, and `recover` goes on from there. Fails without a report, and without a change, when another run is
 * under way (`run-locked`) or open (`run-open`), or the journal cannot be written.
 */
export function runPlan(tools: RunTools, request: RunRequest): Promise<Result<Report>> {
  return guarded(tools, 'Berth is changing this PC.', (latest) =>
    refuseWhileOpen(latest, () => runNew(tools, request)),
  )
}

async function runNew(tools: RunTools, request: RunRequest): Promise<Result<Report>> {
  const { plan, before } = request
  const name = await newRunName(tools, plan.goal)
  if (!name.ok) return name
  const writer = new JournalWriter(tools.journal, name.value, () => tools.clock.now())
  const { manifest } = request
  const own = manifest ?? { schema: 'berth/manifest/1', plan, before }
  const run = new Run(tools, writer, own, plan, request.release, request.credentials)
  const begun = await run.record({
    record: 'begun',
    run: name.value,
    plan,
    before,
    ...(manifest === undefined ? {} : { manifest }),
    version: tools.version,
  })
  if (!begun.ok) return begun
  run.begin()
  const prepared = new Map<number, unknown>()
  for (const index of plan.steps.keys()) {
    const stepped = await doStep(run, index, prepared)
    if (!stepped.ok) return ok(await giveUp(run, prepared, stepped.failure))
  }
  return ok(await finish(run, prepared, request.prove ?? noProof))
}

async function doStep(run: Run, index: number, prepared: Map<number, unknown>): Promise<Result<void>> {
  const { clock, cancellation } = run.tools
  await cancellation.pause?.()
  if (cancellation.requested) return fail('cancelled')
  run.stepBegins(index)
  await cancellation.pause?.()
  const started = clock.monotonic()
  const result = await forward(run, index, prepared, () => clock.monotonic() - started)
  const durationMs = clock.monotonic() - started
  if (result.ok) run.stepEnds(index, 'verified', { durationMs, evidence: result.value })
  else {
    run.stepEnds(index, 'failed', { durationMs })
    // Best effort: the journal may be what failed. Taking back needs no such record.
    await run.record({ record: 'failed', step: index, failure: result.failure })
  }
  return result.ok ? done : result
}

async function forward(
  run: Run,
  index: number,
  prepared: Map<number, unknown>,
  elapsed: () => number,
): Promise<Result<readonly Evidence[]>> {
  const step = run.bound(index)
  const tools = run.forward(index)
  const undo = await step.prepare(tools)
  if (!undo.ok) return undo
  const announced = await run.record({ record: 'prepared', step: index, undo: undo.value })
  if (!announced.ok) return announced
  prepared.set(index, undo.value)
  const applied = await step.apply(tools)
  if (!applied.ok) return applied
  const noted = await run.record({ record: 'applied', step: index, durationMs: elapsed() })
  if (!noted.ok) return noted
  const evidence = await step.verify(tools)
  if (!evidence.ok) return evidence
  const verified = await run.record({ record: 'verified', step: index, evidence: evidence.value })
  return verified.ok ? evidence : verified
}

async function finish(run: Run, prepared: ReadonlyMap<number, unknown>, prove: Prove): Promise<Report> {
  const proof = await prove(run.left)
  if (!proof.ok) return giveUp(run, prepared, proof.failure)
  const outcome = outcomeOf(run.plan.goal)
  const ended = await run.record({ record: 'ended', outcome })
  if (!ended.ok) return run.report('interrupted', run.plan.goal, ended.failure, proof.value)
  await run.settle()
  return run.report(outcome, run.plan.goal, null, proof.value)
}

async function giveUp(run: Run, prepared: ReadonlyMap<number, unknown>, failure: Failure): Promise<Report> {
  const reason = failure.code === 'cancelled' ? 'cancelled' : 'failure'
  const back = await rollBack(run, prepared, new Set(), reason)
  if (back.ok) return run.report('rolled-back', run.plan.goal, failure)
  return run.report('interrupted', run.plan.goal, { ...back.failure, cause: failure })
}
