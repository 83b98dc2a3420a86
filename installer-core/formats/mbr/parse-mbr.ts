import { lba, type Lba } from '../../base/bytes.ts'
import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'
import { mbrEntriesAt, mbrKind, mbrSize, type MbrKind } from './mbr-kind.ts'

/** One used entry of a master boot record, or a logical partition. */
export interface MbrPartition {
  /** 1 to 4 for the record's own entries, from 5 on for logical partitions. */
  readonly slot: number
  /** Marked as the one to start from (status 80). */
  readonly active: boolean
  readonly type: number
  readonly start: Lba
  readonly blocks: number
  /** The entry's 16 bytes as stored, with the old cylinder numbers. */
  readonly raw: Uint8Array
}

/** A master boot record. */
export interface Mbr {
  readonly kind: Extract<MbrKind, 'protective' | 'hybrid' | 'mbr' | 'empty'>
  /** The disk signature, 8 hex digits, as Linux and Windows write it. */
  readonly signature: string
  readonly partitions: readonly MbrPartition[]
  /** The whole first sector. */
  readonly raw: Uint8Array
}

export const maxLogicals = 128
const signatureAt = 440
const extendedTypes = [0x05, 0x0f, 0x85]

/**
 * Reads a disk's first sector as a master boot record; `malformed` when it has no 55 AA or is a volume's boot sector.
 * Only the record's own four entries: `readLogicals` follows an extended one.
 */
export function parseMbr(sector: Uint8Array, work?: Work): Result<Mbr> {
  return parseWith(
    'mbr',
    sector,
    (view: ByteView) => {
      view.require(view.length >= mbrSize, 'sector', 0, `${mbrSize} bytes`, view.length)
      const kind = mbrKind(view.data)
      if (kind === 'none') return view.refuse('bootSignature', 510, '55 AA after a table', 'something else')
      if (kind === 'boot-sector') return view.refuse('bootCode', 0, 'a partition table', 'a volume')
      return {
        kind,
        signature: view.u32(signatureAt, 'signature').toString(16).padStart(8, '0'),
        partitions: readEntries(view),
        raw: view.bytes(0, view.length, 'sector'),
      }
    },
    work,
  )
}

/** True when the type is that of a partition that holds logical ones. */
export function isExtended(partition: Pick<MbrPartition, 'type'>): boolean {
  return extendedTypes.includes(partition.type)
}

/**
 * The logical partitions of an extended one, in chain order, numbered from 5. `sectorAt` gives a sector, or null when it
 * cannot be read. A chain that is longer than `maxLogicals`, goes back or leaves the partition is `malformed`.
 */
export function readLogicals(
  extended: MbrPartition,
  sectorAt: (at: number) => Uint8Array | null,
  work?: Work,
): Result<readonly MbrPartition[]> {
  const found: MbrPartition[] = []
  let next: number | null = extended.start
  while (next !== null) {
    const link: Result<Link> = readLink(sectorAt(next), next, extended, found.length, work)
    if (!link.ok) return link
    if (link.value.logical !== null) found.push(link.value.logical)
    next = link.value.next
  }
  return { ok: true, value: found }
}

interface Link {
  readonly logical: MbrPartition | null
  readonly next: number | null
}

function readLink(
  sector: Uint8Array | null,
  at: number,
  extended: MbrPartition,
  count: number,
  work?: Work,
): Result<Link> {
  return parseWith(
    'mbr',
    sector ?? new Uint8Array(),
    (view: ByteView) => {
      view.require(count < maxLogicals, 'logical', 0, `at most ${maxLogicals}`, 'more')
      view.require(view.u16(510, 'bootSignature') === 0xaa55, 'bootSignature', 510, '55 AA', 'something else')
      const entries = readEntries(view)
      const own = entries.find(({ slot }) => slot === 1)
      const link = entries.find((entry) => entry.slot === 2 && isExtended(entry))
      const next = link === undefined ? null : extended.start + link.start
      if (next !== null) {
        const onward = next > at && next < extended.start + extended.blocks
        view.require(onward, 'next', mbrEntriesAt + 24, 'further on in the extended partition', next)
      }
      return {
        logical: own === undefined ? null : { ...own, slot: 5 + count, start: lba(at + own.start) },
        next,
      }
    },
    work,
  )
}

function readEntries(view: ByteView): MbrPartition[] {
  return [1, 2, 3, 4].flatMap((slot) => {
    view.visit()
    const at = mbrEntriesAt + 16 * (slot - 1)
    const field = `partitions[${slot}]`
    const type = view.u8(at + 4, field)
    if (type === 0) return []
    const partition: MbrPartition = {
      slot,
      active: view.u8(at, field) === 0x80,
      type,
      start: lba(view.u32(at + 8, field)),
      blocks: view.u32(at + 12, field),
      raw: view.bytes(at, 16, field),
    }
    return [partition]
  })
}
