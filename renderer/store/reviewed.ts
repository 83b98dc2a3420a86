import type { Proposal } from './page-state.ts'
import type { Route } from './route.ts'

/** What a review is about: what is to be done and, where that is switching, to which system. */
export type Reviewed = Pick<Proposal, 'goal' | 'system'>

const others: readonly Reviewed[] = [
  ...(['undo', 'confirm', 'repair', 'make-room', 'clear-room'] as const).map((goal) => ({
    goal,
    system: null,
  })),
  ...(['windows', 'berth', 'none'] as const).map((system) => ({ goal: 'switch' as const, system })),
]

/** What stands behind `topic=` in the address of a review: `undo`, `switch-windows`; nothing for an installation. */
export function reviewTopic({ goal, system }: Reviewed): string | null {
  if (goal === 'install') return null
  return system === null ? goal : `${goal}-${system}`
}

/** What the review at this address is about: an installation, when it says nothing else that is known. */
export function reviewedAt({ topic }: Route): Reviewed {
  return others.find((one) => reviewTopic(one) === topic) ?? { goal: 'install', system: null }
}
