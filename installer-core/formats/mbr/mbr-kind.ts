/** Size of a master boot record in bytes, whatever the disk's sector size. */
export const mbrSize = 512
/** Where the first of the four entries lies. */
export const mbrEntriesAt = 446
/** The type byte of a GPT's protective entry. */
export const protectiveType = 0xee

/**
 * What the first sector of a disk is:
 * - `protective`: one entry of type EE and nothing else (UEFI 2.10, 5.2.3);
 * - `hybrid`: an EE entry beside others;
 * - `mbr`: partitions of its own;
 * - `boot-sector`: a FAT, exFAT or NTFS volume without a partition table, which also ends in 55 AA;
 * - `empty`: the 55 AA signature and no partition;
 * - `none`: no signature, or something else where the entries would be.
 */
export type MbrKind = 'protective' | 'hybrid' | 'mbr' | 'boot-sector' | 'empty' | 'none'

/** Tells what a disk's first sector is, from at least 512 bytes of it. */
export function mbrKind(sector: Uint8Array): MbrKind {
  if (sector.length < mbrSize || sector[510] !== 0x55 || sector[511] !== 0xaa) return 'none'
  const types = [0, 1, 2, 3].map((i) => sector[mbrEntriesAt + 16 * i + 4] ?? 0).filter((type) => type !== 0)
  if (types.includes(protectiveType)) return types.length === 1 ? 'protective' : 'hybrid'
  if (isBootSector(sector)) return 'boot-sector'
  if (types.length === 0) return 'empty'
  return plausibleEntries(sector) ? 'mbr' : 'none'
}

/** A volume's boot sector starts with a jump and carries its own geometry where an MBR has code. */
function isBootSector(sector: Uint8Array): boolean {
  const jumps = (sector[0] === 0xeb && sector[2] === 0x90) || sector[0] === 0xe9
  if (!jumps) return false
  const name = String.fromCharCode(...sector.subarray(3, 11))
  if (name === 'NTFS    ' || name === 'EXFAT   ' || name === '-FVE-FS-') return true
  const sectorBytes = (sector[11] ?? 0) | ((sector[12] ?? 0) << 8)
  const cluster = sector[13] ?? 0
  const isPower = cluster !== 0 && (cluster & (cluster - 1)) === 0
  const fats = sector[16] ?? 0
  return [512, 1024, 2048, 4096].includes(sectorBytes) && isPower && (fats === 1 || fats === 2)
}

/** Entries of a real table start with 00 or 80, and have a start and a length. */
function plausibleEntries(sector: Uint8Array): boolean {
  const view = new DataView(sector.buffer, sector.byteOffset)
  return [0, 1, 2, 3].every((i) => {
    const at = mbrEntriesAt + 16 * i
    const status = sector[at] ?? 0
    if (sector[at + 4] === 0) return true
    return (status === 0 || status === 0x80) && view.getUint32(at + 12, true) > 0
  })
}
