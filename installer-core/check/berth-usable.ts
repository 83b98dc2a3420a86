import type { BerthState } from '../model/machine.ts'

type Present = Exclude<BerthState, { state: 'absent' }>

/** What is wrong with an installation without keeping it from starting. */
const harmless: readonly string[] = ['order-reverted', 'entry-changed']

/** True when the installed system has an entry and everything that its start needs. */
export function canStart(berth: Present): berth is Present & { entry: number } {
  return berth.entry !== null && berth.problems.every((problem) => harmless.includes(problem))
}

/** What is wrong with an installation, in the words of its probe. */
export function problemsOf(berth: Present): string {
  return berth.problems.length > 0 ? berth.problems.join(', ') : 'entry-missing'
}
