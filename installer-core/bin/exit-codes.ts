import type { Failure } from '../base/failure.ts'
import type { FailureCode } from '../base/failure-code.ts'
import type { Status } from '../model/status.ts'
import type { Outcome } from '../model/report.ts'

/** What the program's exit code says; scripts rely on it. */
export const exitCode = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  notPermitted: 4,
  missingTool: 5,
  interrupted: 6,
} as const

/** The exit codes in words, for help and manual page. */
export const exitCodeWords: readonly (readonly [ExitCode, string])[] = [
  [exitCode.done, 'done'],
  [exitCode.failed, 'failed'],
  [exitCode.usage, 'wrong usage'],
  [exitCode.refused, 'refused by a check'],
  [exitCode.notPermitted, 'not permitted'],
  [exitCode.missingTool, 'a tool or package is missing'],
  [exitCode.interrupted, 'interrupted (`berth recover` goes on from there)'],
]

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

const refusals: readonly FailureCode[] = [
  'blocked',
  'fingerprint-differs',
  'network-changed',
  'identity-changed',
  'table-changed',
  'unknown-disk',
  'unknown-partition',
  'volume-dirty',
  'volume-hibernated',
  'volume-locked',
  'volume-shrink-limit',
  'release-not-found',
  'release-unsigned',
  'release-altered',
  'release-incomplete',
  'release-older',
  'release-key-unknown',
  'catalogue-not-found',
  'catalogue-key-unknown',
  'catalogue-altered',
  'catalogue-expired',
  'catalogue-rolled-back',
  'source-refused',
  'source-redirects',
  'source-endless',
  'run-open',
  'run-locked',
  'not-ours',
  'trial-unconfirmed',
  'nothing-installed',
  'read-only',
]

/** The exit code of a failure. */
export function failureExitCode(failure: Failure): ExitCode {
  switch (failure.code) {
    case 'usage':
    case 'this-pc-later':
      return exitCode.usage
    case 'not-permitted':
    case 'administrator-needed':
    case 'firmware-access-denied':
    case 'elevation-needed':
    case 'elevation-denied':
    case 'elevation-timed-out':
    case 'elevation-no-agent':
    case 'restart-refused':
      return exitCode.notPermitted
    case 'tool-missing':
    case 'elevation-unavailable':
      return exitCode.missingTool
    default:
      return refusals.includes(failure.code) ? exitCode.refused : exitCode.failed
  }
}

/** The exit code of a look at what is installed: something needs attention, or waits to be finished. */
export function statusExitCode({ state, findings }: Status): ExitCode {
  if (state === 'interrupted') return exitCode.interrupted
  return findings.some(({ severity }) => severity !== 'note') ? exitCode.refused : exitCode.done
}

/** The exit code of a run that ended with a report. `recover` is content with either end. */
export function outcomeExitCode(outcome: Outcome, goal: string): ExitCode {
  switch (outcome) {
    case 'installed':
    case 'undone':
    case 'confirmed':
    case 'switched':
    case 'repaired':
    case 'room-prepared':
    case 'room-cleared':
    case 'nothing-to-do':
      return exitCode.done
    case 'rolled-back':
      return goal === 'recover' ? exitCode.done : exitCode.failed
    case 'refused':
      return exitCode.refused
    case 'interrupted':
      return exitCode.interrupted
  }
}
