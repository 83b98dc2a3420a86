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
