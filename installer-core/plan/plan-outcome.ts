import type { Issue } from '../model/issue.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan } from '../model/plan.ts'

/** SHA-256 of the UTF-8 bytes of `text`, as 64 lower-case hex digits. */
export type HashText = (text: string) => string

/**
 * What planning gives. `plan` is null exactly when `issues` has a blocker; otherwise `plan.issues` equals `issues`
 * (warnings and notes). A plan without steps means that there is nothing to do.
 */
export interface PlanOutcome {
  readonly plan: Plan | null
  readonly issues: readonly Issue[]
}

/** A plan together with the machine it was made for. */
export interface Planned extends PlanOutcome {
  readonly machine: Machine
}
