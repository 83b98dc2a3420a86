import { fail, ok, type Result } from '../base/result.ts'
import type { Choices } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { makePlan } from './make-plan.ts'
import type { HashText, Planned } from './plan-outcome.ts'

/** What a release is, as far as a plan needs it. */
export type SignedRelease = Pick<OpenRelease, 'manifest' | 'sha256' | 'signer'>

/** The plan to install a release on a machine that was looked at: pure. `release-not-found` when the choices name another. */
export function planForRelease(
  machine: Machine,
  choices: Choices,
  { manifest, sha256, signer }: SignedRelease,
  hash: HashText,
): Result<Planned> {
  if (choices.release !== undefined && choices.release !== manifest.id)
    return fail('release-not-found', { what: choices.release, where: manifest.id })
  // Whatever a manifest says of itself: a key for practice signs nothing for a real PC.
  const trusted = { ...manifest, practiceOnly: manifest.practiceOnly || signer.practiceOnly }
  return ok({ machine, ...makePlan(machine, choices, trusted, sha256, hash) })
}
