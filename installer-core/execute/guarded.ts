import { fail, ok, type Result } from '../base/result.ts'
import { latestRun, type RunHistory } from './run-history.ts'
import type { RunTools } from './run-tools.ts'

/**
 * Does `work` while nobody else can: the journal locked (`run-locked` names the holder), the PC kept awake. `work` gets
 * the run that is open, or else the newest.
 */
export async function guarded<T>(
  tools: RunTools,
  why: string,
  work: (latest: RunHistory | null) => Promise<Result<T>>,
  findLatest: typeof latestRun = latestRun,
): Promise<Result<T>> {
  const unlock = await tools.journal.lock()
  if (!unlock.ok) return unlock
  try {
    const latest = await findLatest(tools.journal)
    if (!latest.ok) return latest
    const release = await tools.platform.inhibit(why)
    if (!release.ok) return release
    try {
      return await work(latest.value)
    } finally {
      await release.value()
    }
  } finally {
    await unlock.value()
  }
}

/** Refuses (`run-open`) while an earlier run has not ended: it is to be recovered first. */
export function refuseWhileOpen<T>(
  latest: RunHistory | null,
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  if (latest === null || latest.ended !== null) return work()
  return Promise.resolve(fail('run-open', { what: latest.run, goal: latest.begun.plan.goal }))
}

/**
 * A name for a new run that sorts behind all others, whatever the clock says (two systems on one PC tend to disagree
 * about it): `0003-install-20261121T052730Z`.
 */
export async function newRunName(tools: RunTools, goal: string): Promise<Result<string>> {
  const runs = await tools.journal.runs()
  if (!runs.ok) return runs
  const numbers = runs.value.map((run) => Number.parseInt(run, 10)).filter(Number.isSafeInteger)
  const number = Math.max(0, ...numbers) + 1
  const time = tools.clock.now().replace(/[-:]|\.\d+/g, '')
  return ok(`${String(number).padStart(4, '0')}-${goal}-${time}`)
}
