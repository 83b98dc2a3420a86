import { alignDown, alignUp, bytes } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { BlockDevice } from '../../ports/block-device.ts'

/** The bytes of one partition, from 0; offsets and lengths need no alignment. */
export interface VolumeReader {
  /** Bytes. */
  readonly size: number
  /** Reads exactly `length` bytes; `out-of-range` outside the partition, else as the device fails. */
  read(offset: number, length: number): Promise<Result<Uint8Array>>
}

/** Reads the partition that begins at byte `start` of a device and is `size` bytes long. */
export function partitionReader(device: BlockDevice, start: number, size: number): VolumeReader {
  return {
    size,
    async read(offset, length) {
      const inside =
        Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0
      if (!inside || offset + length > size || start + offset + length > device.size)
        return fail('out-of-range', { what: 'volume', offset, length, size })
      const from = alignDown(start + offset, device.sectorSize)
      const to = Math.min(alignUp(start + offset + length, device.sectorSize), device.size)
      const read = await device.read(bytes(from), bytes(to - from))
      if (!read.ok) return read
      const skip = start + offset - from
      return ok(read.value.subarray(skip, skip + length))
    },
  }
}
