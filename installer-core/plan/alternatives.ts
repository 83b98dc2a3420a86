import type { SpaceCandidate } from '../check/space/space-candidate.ts'
import type { SpaceDecision } from '../check/space/space-survey.ts'
import type { Alternative } from '../model/plan.ts'

/** The other ways that would do as well, in the order they were looked at. */
export function alternativesTo(
  decision: SpaceDecision,
  candidates: readonly SpaceCandidate[],
): readonly Alternative[] {
  const taken = decision.volume ?? decision.use?.room
  return candidates
    .filter((one) => one !== taken && one.refusal === null && isEnough(one, decision))
    .map(({ kind, disk, partition, available }) => ({
      spaceFrom: kind,
      disk: disk.id,
      partition: partition?.id ?? null,
      available,
    }))
}

/** `need` of the chosen disk does for the others: sector sizes only raise it, and a fit candidate was checked with its own. */
function isEnough({ kind, available }: SpaceCandidate, { need }: SpaceDecision): boolean {
  return kind === 'esp' || kind === 'xbootldr' || available >= need.boot.least + (need.data?.least ?? 0)
}
