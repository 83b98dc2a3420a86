import { guid, type Guid } from '../base/guid.ts'
import type { Machine } from '../model/machine.ts'
import type { HashText } from './plan-outcome.ts'

/**
 * A GUID that follows from the plan's seed and a purpose: the same plan always makes the same one, so that nothing in
 * it is left to chance. Version 8 (RFC 9562, 5.8: bits chosen by the application). Never one that the PC has already.
 */
export function deriveGuid(seed: string, purpose: string, machine: Machine, sha256: HashText): Guid {
  const taken = new Set<string>(
    machine.disks.flatMap((disk) => [disk.id, ...disk.partitions.map((partition) => partition.id)]),
  )
  for (let attempt = 0; ; attempt += 1) {
    const derived = asGuid(sha256(`berth ${purpose} ${attempt} ${seed}`))
    if (!taken.has(derived)) return derived
  }
}

/** `length` hex digits that follow from the seed and a purpose; at most 64. */
export function deriveHex(seed: string, purpose: string, length: number, sha256: HashText): string {
  return sha256(`berth ${purpose} ${seed}`).slice(0, length)
}

function asGuid(hash: string): Guid {
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16)
  return guid(
    [
      hash.slice(0, 8),
      hash.slice(8, 12),
      `8${hash.slice(13, 16)}`,
      variant + hash.slice(17, 20),
      hash.slice(20, 32),
    ].join('-'),
  )
}
