import { createStore, type StoreApi } from 'zustand/vanilla'
import { emptyState, type PageState } from './page-state.ts'
import type { Route } from './route.ts'

export type PageStore = StoreApi<PageState>

/** The one store of a page. Everything in it comes from the engine, from the address, or from the person. */
export function createPageStore(route: Route, given: Partial<PageState> = {}): PageStore {
  return createStore<PageState>(() => ({ ...emptyState(route), ...given }))
}
