import { fromHex } from '../../base/guid.ts'
import { mbrEntriesAt } from './mbr-kind.ts'
import type { Mbr } from './parse-mbr.ts'

/** The first sector that `mbr` describes; code, cylinder numbers and everything else stay as they were in `raw`. */
export function serialiseMbr(mbr: Mbr): Uint8Array {
  const out = mbr.raw.slice()
  const view = new DataView(out.buffer)
  out.set(fromHex(mbr.signature).reverse(), 440)
  for (let slot = 1; slot <= 4; slot += 1) {
    const at = mbrEntriesAt + 16 * (slot - 1)
    const partition = mbr.partitions.find((candidate) => candidate.slot === slot)
    if (partition === undefined) {
      // An unused entry is one of type 0; whatever else lies in it stays.
      if (out[at + 4] !== 0) out.fill(0, at, at + 16)
      continue
    }
    out.set(partition.raw, at)
    if ((out[at] === 0x80) !== partition.active) out[at] = partition.active ? 0x80 : 0
    out[at + 4] = partition.type
    view.setUint32(at + 8, partition.start, true)
    view.setUint32(at + 12, partition.blocks, true)
  }
  return out
}
