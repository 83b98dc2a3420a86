import type { Status } from '../../model/status.ts'
import { sentence } from '../../text/sentence.ts'
import { issueLines } from './issues.ts'

/** What is on the PC of Berth's, whether it is as it was made, what starts next, and what to do. */
export function statusLines(status: Status): readonly string[] {
  const { state, release, entry, started, open, findings, next } = status
  const key = state === 'trial' && started ? 'trial.started' : state
  const isHealthy = findings.length === 0 && (state === 'trial' || state === 'installed')
  return [
    sentence(`status.${key}`, { release, entry, goal: open?.goal ?? null }),
    ...(isHealthy ? [sentence('status.healthy')] : []),
    ...(next === null ? [] : [sentence('status.choice', { ...next })]),
    ...(findings.length === 0 ? [] : ['', ...issueLines(findings)]),
    sentence(`status.next.${key}`),
  ]
}
