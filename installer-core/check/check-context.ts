import type { Choices } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import type { ReleaseManifest } from '../model/release.ts'
import type { Finding } from './finding.ts'
import type { SpaceSurvey } from './space/space-survey.ts'

/** What a rule looks at. */
export interface CheckContext {
  readonly machine: Machine
  readonly choices: Choices
  readonly release: ReleaseManifest
  /** SHA-256 of the bytes of `release.json`. */
  readonly releaseSha256: string
  readonly survey: SpaceSurvey
}

/** Looks at one thing and says what it found; pure. */
export type Rule = (context: CheckContext) => readonly Finding[]
