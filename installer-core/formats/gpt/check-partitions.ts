import { nilGuid } from '../../base/guid.ts'
import type { Failure } from '../../base/failure.ts'
import { malformed } from '../../base/result.ts'
import type { GptLayout, GptPartition } from './gpt-types.ts'

/** What is wrong among the partitions of one table: outside the usable range, overlapping, or sharing a GUID. */
export function checkPartitions(
  layout: GptLayout,
  partitions: readonly GptPartition[],
  entriesOffset: number,
): Failure[] {
  const wrong = (partition: GptPartition, field: string, required: string, found: string | number) =>
    malformed(
      'gpt',
      `partitions[${partition.slot}].${field}`,
      entriesOffset + (partition.slot - 1) * layout.entrySize,
      required,
      found,
    ).failure
  return [
    ...partitions
      .filter((partition) => !inRange(layout, partition))
      .map((partition) =>
        wrong(
          partition,
          'range',
          `${layout.firstUsable} to ${layout.lastUsable}`,
          `${partition.start} to ${partition.last}`,
        ),
      ),
    ...overlaps(partitions).map(([partition, other]) =>
      wrong(partition, 'overlap', 'sectors of its own', `sectors of slot ${other.slot}`),
    ),
    ...repeated(partitions).map((partition) => wrong(partition, 'guid', 'a GUID of its own', partition.guid)),
  ]
}

function inRange(layout: GptLayout, partition: GptPartition): boolean {
  return (
    partition.start <= partition.last &&
    partition.start >= layout.firstUsable &&
    partition.last <= layout.lastUsable
  )
}

function overlaps(partitions: readonly GptPartition[]): [GptPartition, GptPartition][] {
  const sorted = partitions.toSorted((a, b) => a.start - b.start || a.slot - b.slot)
  const found: [GptPartition, GptPartition][] = []
  let furthest = sorted[0]
  for (const partition of sorted.slice(1)) {
    if (furthest === undefined) break
    if (partition.start <= furthest.last) found.push([partition, furthest])
    if (partition.last > furthest.last) furthest = partition
  }
  return found
}

function repeated(partitions: readonly GptPartition[]): GptPartition[] {
  const seen = new Set<string>()
  return partitions.filter(({ guid }) => {
    const isRepeated = seen.has(guid) || guid === nilGuid
    seen.add(guid)
    return isRepeated
  })
}
