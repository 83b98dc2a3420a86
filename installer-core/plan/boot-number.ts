import type { Machine } from '../model/machine.ts'

/** Some HP firmware erases this number (and nothing else) at every start. */
const erased = 0x2002

/**
 * The lowest number that no boot entry has: neither one that can be read, nor one that cannot, nor one that the order
 * or BootNext only speaks of (firmware may bring it back).
 */
export function lowestFreeBootNumber({ firmware }: Machine): number {
  const taken = new Set<number | null>([
    ...firmware.bootEntries.map((entry) => entry.number),
    ...firmware.unreadableEntries.map((entry) => entry.number),
    ...(firmware.bootOrder ?? []),
    firmware.bootNext,
    firmware.bootCurrent,
    erased,
  ])
  let number = 0
  while (taken.has(number)) number += 1
  return number
}
