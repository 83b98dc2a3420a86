import type { Status } from '../../model/status.ts'
import { sentence } from '../../text/sentence.ts'

/** What is on the PC of Berth's, what is wrong with it, and what to do next. */
export function statusLines({ state, release, entry, started, open, problems }: Status): readonly string[] {
  const key = state === 'trial' && started ? 'trial.started' : state
  return [
    sentence(`status.${key}`, { release, entry, goal: open?.goal ?? null }),
    ...problems.map((problem) => `  - ${problem}`),
    sentence(`status.next.${key}`),
  ]
}
