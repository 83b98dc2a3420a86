import { done, type Result } from '../base/result.ts'
import { settleTables } from './settle-tables.ts'
import type { Run } from './run.ts'

/**
 * Takes back every step that may have changed something, last step first, and closes the run as `rolled-back`. Stops at
 * the first step that cannot be taken back: files stay while a boot entry still leads to them.
 */
export async function rollBack(
  run: Run,
  prepared: ReadonlyMap<number, unknown>,
  undone: ReadonlySet<number>,
  reason: 'failure' | 'cancelled' | 'recovery',
): Promise<Result<void>> {
  run.tell({ event: 'run-undoing', reason })
  // Taking back is idempotent and needs no records: a journal that cannot be written must not stop it.
  await run.record({ record: 'undoing', reason })
  if (prepared.size > 0) {
    const settled = await settleTables(run.tools.platform, run.plan)
    if (!settled.ok) return settled
  }
  const steps = [...prepared].filter(([step]) => !undone.has(step)).sort(([a], [b]) => b - a)
  for (const [step, record] of steps) {
    const back = await takeStepBack(run, step, record, true)
    if (!back.ok) return back
  }
  return run.record({ record: 'ended', outcome: 'rolled-back' })
}

/** Takes one step back and notes it; without the note it would be taken back again, to no effect. */
export async function takeStepBack(
  run: Run,
  step: number,
  record: unknown,
  recovering: boolean,
): Promise<Result<void>> {
  run.stepBegins(step)
  const started = run.tools.clock.monotonic()
  const left = await run.bound(step).undo(run.backward(step, recovering), record)
  const durationMs = run.tools.clock.monotonic() - started
  if (!left.ok) {
    run.stepEnds(step, 'failed', { durationMs })
    return left
  }
  run.stepEnds(step, 'undone', { durationMs, left: [...left.value] })
  await run.record({ record: 'undone', step, left: [...left.value] })
  return done
}
