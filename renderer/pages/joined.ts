import type { Actions } from '../store/actions.ts'
import { valueOf } from '../store/load.ts'
import type { PageState } from '../store/page-state.ts'
import type { PracticeActions } from '../store/practice-actions.ts'

/** What a page is joined to: what is known, and what can be done. */
export interface Joined {
  readonly state: PageState
  readonly actions: Actions
  readonly practice: PracticeActions
}

/** The release of the catalogue that was chosen. */
export function chosenRelease(state: PageState) {
  return valueOf(state.releases)?.find((one) => one.id === state.release)
}

/** What a person calls the new system: the one that is installed, else the chosen one. */
export function systemName(state: PageState): string {
  const installed = valueOf(state.status)?.release ?? null
  const known = valueOf(state.releases)?.find((one) => one.id === (installed ?? state.release))
  return known?.manifest?.name ?? installed ?? state.release ?? 'Berth'
}
