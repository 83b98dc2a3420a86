import type { Proposal } from './page-state.ts'

/** The pages, each with an address of its own: `#/space?target=…`. */
export const pageNames = [
  'welcome',
  'pc',
  'system',
  'space',
  'you',
  'review',
  'install',
  'done',
  'home',
  'practice',
  'help',
  'report',
] as const

export type PageName = (typeof pageNames)[number]

/** Where the page is: which one, for which PC, and what it is about (a run, a help entry). */
export interface Route {
  readonly page: PageName
  readonly target: string | null
  readonly run: string | null
  readonly topic: string | null
}

/** The route of an address; what is not known leads to the welcome page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?')
  const known = pageNames.find((name) => name === path)
  const values = new URLSearchParams(query)
  return {
    page: known ?? 'welcome',
    target: values.get('target'),
    run: values.get('run'),
    topic: values.get('topic'),
  }
}

/** The address of a route. */
export function routeAddress({ page, ...values }: Route): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) if (value !== null) query.set(key, value)
  const text = query.toString()
  return text === '' ? `#/${page}` : `#/${page}?${text}`
}

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
