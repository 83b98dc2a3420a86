import type { Disk } from '../model/disk.ts'
import type { Machine } from '../model/machine.ts'

/** Identities that stand for more than one thing: cloned disks, and partitions that share a GUID on one disk or several. */
export function findAmbiguous(disks: readonly Disk[]): Machine['ambiguous'] {
  return {
    disks: repeated(disks.map(({ id }) => id)),
    partitions: repeated(disks.flatMap(({ partitions }) => partitions.map(({ id }) => id))),
  }
}

function repeated<Id extends string>(ids: readonly Id[]): readonly Id[] {
  const seen = new Set<Id>()
  const twice = new Set<Id>()
  for (const id of ids) (seen.has(id) ? twice : seen).add(id)
  return [...twice].sort()
}
