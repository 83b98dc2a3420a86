import { bytes } from '../../base/bytes.ts'
import { done, fail, ok } from '../../base/result.ts'
import type { BlockDevice } from '../../ports/block-device.ts'

/** Bytes as a read-only disk; `broken` are byte ranges whose reads fail. */
export function memoryDevice(
  data: Uint8Array,
  sectorSize: 512 | 4096 = 512,
  broken: readonly (readonly [number, number])[] = [],
): BlockDevice {
  return {
    sectorSize,
    size: bytes(data.length),
    async read(offset, length) {
      if (offset % sectorSize !== 0 || length % sectorSize !== 0 || offset + length > data.length)
        return fail('out-of-range', { what: 'disk', offset, length })
      const hit = broken.some(([from, to]) => offset < to && offset + length > from)
      return hit
        ? fail('io-failed', { what: 'disk', where: offset })
        : ok(data.slice(offset, offset + length))
    },
    write: async () => fail('read-only', { what: 'disk' }),
    flush: async () => done,
    close: async () => done,
  }
}
