import type { Bytes } from '../../../base/bytes.ts'
import { fail, type Result } from '../../../base/result.ts'
import { editLinuxTable } from '../edit-linux-table.ts'
import type { LinuxResizeParts } from './resize-parts.ts'

/** Gives a partition another end, in the table and in the kernel; it may be in use. */
export async function resizePartition(parts: LinuxResizeParts, to: Bytes): Promise<Result<void>> {
  const found = await parts.again()
  if (!found.ok) return found
  const { partition, disk, gpt } = found.value
  const { slot, guid } = partition
  if (!gpt.agree) {
    found.value.close()
    return fail('table-changed', { what: guid, where: disk.name })
  }
  const edit = { kind: 'resize', slot, guid, blocks: to / disk.sectorSize } as const
  const edited = await editLinuxTable(parts.places, found.value, null, [edit], parts.hasher)
  found.value.close()
  return edited
}
