import type { Partition } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import { finding, type Finding } from '../finding.ts'
import { volumeName } from './shrink-fitness.ts'

/** An NTFS volume that anybody but Windows resizes is marked for a check, when it shrinks and when it grows back. */
export function markedForCheck(partition: Partition): readonly Finding[] {
  if (partition.volume.fileSystem !== 'ntfs') return []
  const volume = volumeName(partition)
  return [finding('volume-check-follows', 'note', { where: partition.id, facts: { volume } })]
}

/** The same, of a change that is made from the running system: where that is Windows, it makes it itself. */
export function checkFollows({ source }: Machine, partition: Partition): readonly Finding[] {
  return source.kind === 'windows' ? [] : markedForCheck(partition)
}
