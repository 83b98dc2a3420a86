import { ok, type Result } from '../base/result.ts'
import type { Plan } from '../model/plan.ts'
import type { Evidence, Report } from '../model/report.ts'
import { guarded } from './guarded.ts'
import { JournalWriter } from './journal.ts'
import { rollBack } from './roll-back.ts'
import { manifestOf, type RunHistory } from './run-history.ts'
import { outcomeOf } from './run-plan.ts'
import { noProof, Run } from './run.ts'
import type { RunTools } from './run-tools.ts'
import { settleTables } from './settle-tables.ts'
import { takeAway } from './undo-plan.ts'

export interface RecoverRequest {
  /** Proves the after-state of a run that turns out to be complete; when it fails, that run is rolled back. */
  readonly prove?: (plan: Plan) => Promise<Result<readonly Evidence[]>>
}

/**
 * Brings a run that did not end to one of two ends. A run whose steps all verify is finished as what it was meant to be,
 * and one that was being taken back as well when what it prepared has happened meanwhile; any other is rolled back to the
 * state before it. An undo is finished. `nothing-to-do` when no run is open. May itself
 * be cut at any point and started again.
 */
export function recover(tools: RunTools, request: RecoverRequest = {}): Promise<Result<Report>> {
  return guarded(tools, 'Berth is finishing what was interrupted.', async (latest) => {
    if (latest === null || latest.ended !== null) return ok(nothingToDo(tools))
    return ok(await resume(tools, latest, request))
  })
}

async function resume(tools: RunTools, history: RunHistory, request: RecoverRequest): Promise<Report> {
  const { plan } = history.begun
  const writer = new JournalWriter(tools.journal, history.run, () => tools.clock.now(), history.journal)
  const run = new Run(tools, writer, manifestOf(history), plan)
  run.begin()
  if (plan.goal === 'undo' || plan.goal === 'clear-room') {
    const settled = await settleTables(tools.platform, plan)
    if (!settled.ok) return run.report('interrupted', 'recover', settled.failure)
    return takeAway(run, history.undone, 'recover', noProof)
  }
  const happened = history.undoing === null ? ok(false) : await hasHappened(run, history)
  if (!happened.ok) return run.report('interrupted', 'recover', happened.failure)
  if (history.undoing === null || happened.value) {
    const proof = await provenComplete(run, history, request)
    if (proof !== null) return close(run, proof)
  }
  const back = await rollBack(run, history.prepared, history.undone, 'recovery')
  if (back.ok) return run.report('rolled-back', 'recover', null)
  return run.report('interrupted', 'recover', back.failure)
}

/** True when something that a step prepared came to pass before the run was all taken back. */
async function hasHappened(run: Run, { prepared, undone }: RunHistory): Promise<Result<boolean>> {
  for (const step of prepared.keys()) {
    if (undone.has(step)) continue
    const happened = await run.bound(step).hasHappened(run.forward(step))
    if (!happened.ok || happened.value) return happened
  }
  return ok(false)
}

/** Every step announced, and every one looked at again; null when anything is not as it should be. */
async function provenComplete(
  run: Run,
  history: RunHistory,
  request: RecoverRequest,
): Promise<readonly Evidence[] | null> {
  const steps = [...run.plan.steps.keys()]
  if (!steps.every((step) => history.prepared.has(step))) return null
  for (const step of steps) {
    run.stepBegins(step)
    const evidence = await run.bound(step).verify(run.forward(step))
    if (!evidence.ok) {
      run.stepEnds(step, 'failed')
      return null
    }
    run.stepEnds(step, 'verified', { evidence: evidence.value })
  }
  const proof = await (request.prove?.(run.plan) ?? noProof([]))
  return proof.ok ? proof.value : null
}

async function close(run: Run, proof: readonly Evidence[]): Promise<Report> {
  const outcome = outcomeOf(run.plan.goal)
  const ended = await run.record({ record: 'ended', outcome })
  if (!ended.ok) return run.report('interrupted', 'recover', ended.failure, proof)
  await run.settle()
  return run.report(outcome, 'recover', null, proof)
}

function nothingToDo(tools: RunTools): Report {
  const now = tools.clock.now()
  return {
    schema: 'berth/report/1',
    outcome: 'nothing-to-do',
    goal: 'recover',
    run: null,
    release: null,
    fingerprint: null,
    steps: [],
    issues: [],
    failure: null,
    changes: tools.platform.changes(),
    startedAt: now,
    endedAt: now,
  }
}
