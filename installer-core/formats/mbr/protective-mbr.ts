import { mbrEntriesAt, protectiveType } from './mbr-kind.ts'

/** A first sector that shields a GPT from tools that know only MBR (UEFI 2.10, 5.2.3). */
export function protectiveMbr(sectorSize: number, sectors: number): Uint8Array {
  const out = new Uint8Array(sectorSize)
  const view = new DataView(out.buffer)
  // Cylinder, head and sector of LBA 1, and "beyond their reach" for the end.
  out.set([0x00, 0x00, 0x02, 0x00, protectiveType, 0xff, 0xff, 0xff], mbrEntriesAt)
  view.setUint32(mbrEntriesAt + 8, 1, true)
  view.setUint32(mbrEntriesAt + 12, Math.min(sectors - 1, 0xffff_ffff), true)
  out.set([0x55, 0xaa], 510)
  return out
}
