import type { PlanAsked } from '../../installer-core/api/methods/plan-methods.ts'
import type { RunAsked } from '../../installer-core/api/methods/run-methods.ts'
import type { Plan } from '../../installer-core/model/plan.ts'
import type { ReleaseId } from '../../installer-core/model/primitives.ts'
import { wishAsShown } from '../../installer-core/plan/room-wish.ts'
import type { PageState, Proposal, SystemName } from './page-state.ts'

/** The request for a plan; null while it is not known for which PC or release. */
export function planAsked(
  { route, release, choices, room }: PageState,
  goal: Proposal['goal'],
  system: SystemName | null,
): PlanAsked | null {
  const { target } = route
  if (target === null) return null
  switch (goal) {
    case 'install':
      return release === null ? null : { target, goal, release: release as ReleaseId, choices }
    case 'confirm':
      return { target, goal, defaultSystem: choices.defaultSystem }
    case 'switch':
      return system === null ? null : { target, goal, system }
    case 'make-room':
      return room === null ? null : { target, goal, ...room }
    case 'repair':
    case 'undo':
    case 'clear-room':
      return { target, goal }
  }
}

/** The request to run exactly what was confirmed. */
export function runAsked(state: PageState, { goal, system }: Proposal, plan: Plan): RunAsked | null {
  const asked = planAsked(state, goal, system)
  if (asked === null) return null
  const { fingerprint } = plan
  if (asked.goal !== 'make-room') return { ...asked, fingerprint }
  const { storeBytes } = wishAsShown(asked, plan)
  return storeBytes === undefined ? null : { ...asked, fingerprint, storeBytes }
}
