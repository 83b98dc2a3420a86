import { bytes } from '../../base/bytes.ts'
import { done, fail, type Result } from '../../base/result.ts'
import type { BlockDevice } from '../../ports/block-device.ts'
import { fits, outside, type RawDisk } from './raw-disk.ts'

/** A disk through the port. `out-of-range` for what is not a row of whole sectors of the disk; `read-only` for writing when opened to read. */
export function imageBlockDevice(disk: RawDisk, access: 'read' | 'write'): BlockDevice {
  const { name, sectorSize, size } = disk
  const refusal = (offset: number, length: number): Result<never> | null => {
    if (!fits(offset, length, size)) return outside(name, offset, length, size)
    if (offset % sectorSize === 0 && length % sectorSize === 0) return null
    return fail('out-of-range', {
      where: name,
      required: `multiples of ${sectorSize}`,
      found: `${offset} + ${length}`,
    })
  }
  return {
    sectorSize,
    size: bytes(size),
    read: async (offset, length) => refusal(offset, length) ?? disk.read(offset, length),
    write: async (offset, data) => {
      if (access === 'read') return fail('read-only', { what: 'write', where: name })
      return refusal(offset, data.length) ?? disk.write(offset, data)
    },
    flush: async () => (access === 'read' ? done : disk.flush()),
    close: async () => done,
  }
}
