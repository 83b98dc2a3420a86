import { releaseIdSchema, type ReleaseId, type SafeText } from '../model/primitives.ts'
import type { Machine } from '../model/machine.ts'
import { safeText } from './safe-text.ts'

/** A start of the new system that did not reach its login screen, as it told of itself. All of it is hostile text. */
export interface FailedStart {
  readonly release: ReleaseId
  readonly reason: SafeText
  /** Lines of its journal, the last ones. */
  readonly said: readonly SafeText[]
}

const limits = { lines: 1000, reason: 200, line: 400 } as const

/**
 * What `assets/system/desktop/berth-failed-start` writes: release, reason, lines of the journal. Null for anything else.
 */
export function parseFailedStart(text: string): FailedStart | null {
  const [release = '', reason = '', ...lines] = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const known = releaseIdSchema.safeParse(release)
  if (!known.success || reason.trim() === '') return null
  if (lines.at(-1) === '') lines.pop()
  return {
    release: known.data,
    reason: safeText(reason, limits.reason),
    said: lines.slice(-limits.lines).map((line) => safeText(line, limits.line)),
  }
}

/** The failed start that a boot volume of this PC tells of; null when none does. */
export function findFailedStart({ bootVolumes }: Pick<Machine, 'bootVolumes'>): FailedStart | null {
  for (const { failedStart } of bootVolumes) {
    const parsed = failedStart === undefined ? null : parseFailedStart(failedStart)
    if (parsed !== null) return parsed
  }
  return null
}
