import { alignDown } from '../../base/bytes.ts'
import { ok } from '../../base/result.ts'
import { safeUtf8 } from '../safe-text.ts'
import { uuidText } from './uuid-text.ts'
import { hasText, volume, type VolumeFormat, type VolumeSample } from './volume-format.ts'

const mark = '\xfc\x4e\x2b\xa9'

interface Found {
  readonly data: Uint8Array
  readonly version: 0 | 1
}

/** Version 0.90 lies 64 KiB to 128 KiB before the end, 1.0 in the last 8 KiB to 12 KiB, 1.1 at the start, 1.2 at 4 KiB. */
function find({ head, tail, size }: VolumeSample): Found | null {
  const end = (position: number) => tail.subarray(position - (size - tail.length))
  const sectors = Math.floor(size / 512)
  const candidates: readonly (Found & { readonly position: number })[] = [
    { data: head, position: 0, version: 1 },
    { data: head.subarray(4096), position: 4096, version: 1 },
    ...(sectors < 24 || tail.length < 12 * 1024 ? [] : [lastVersion1(alignDown(sectors - 16, 8) * 512, end)]),
    ...(size < 192 * 1024
      ? []
      : [{ data: end(alignDown(size, 65_536) - 65_536), position: -1, version: 0 as const }]),
  ]
  return candidates.find(isSuperblock) ?? null
}

function lastVersion1(position: number, end: (position: number) => Uint8Array) {
  return { data: end(position), position, version: 1 as const }
}

function isSuperblock({ data, version, position }: Found & { readonly position: number }): boolean {
  if (data.length < 256 || !hasText(data, 0, mark)) return false
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  if (view.getUint32(4, true) !== version) return false
  // A version 1 superblock says in which sector it lies: a copy elsewhere is somebody's file.
  return version === 0 || view.getBigUint64(144, true) === BigInt(position / 512)
}

/** A member of a Linux software RAID, also when its start looks like the file system inside it. */
export const linuxRaidFormat: VolumeFormat = {
  matches: (sample) => find(sample) !== null,
  async read(sample) {
    const found = find(sample)
    if (found?.version !== 1) return ok(volume('linux-raid'))
    const label = safeUtf8(found.data.subarray(32, 64))
    return ok(volume('linux-raid', { label, uuid: uuidText(found.data.subarray(16, 32)) }))
  },
}
