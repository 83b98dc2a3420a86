import { bytes } from '../../base/bytes.ts'
import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView } from '../../formats/byte-view.ts'
import type { FileSystem, Volume } from '../../model/disk.ts'
import { safeText } from '../safe-text.ts'
import type { VolumeReader } from './volume-reader.ts'

/** The ends of a partition, read once for all formats. */
export interface VolumeSample {
  /** The first 72 KiB, or less when the partition is shorter. */
  readonly head: Uint8Array
  /** The last 128 KiB, or less; empty when nothing asked for it. */
  readonly tail: Uint8Array
  /** The partition's size in bytes. */
  readonly size: number
}

export type VolumeDetails = Partial<Omit<Volume, 'fileSystem' | 'size' | 'free'>> & {
  readonly size?: number | null
  readonly free?: number | null
}

/** One file system's way to be recognised and read. */
export interface VolumeFormat {
  /** True when the superblock's mark is there; its fields may still be nonsense. */
  matches(sample: VolumeSample): boolean
  /** Malformed when the superblock contradicts itself; a failure of the device otherwise. */
  read(sample: VolumeSample, reader: VolumeReader): Promise<Result<Volume>>
}

/** A volume with everything unknown but what is given. Sizes in bytes. */
export function volume(fileSystem: FileSystem, details: VolumeDetails = {}): Volume {
  const { size, free, ...rest } = details
  return {
    fileSystem,
    shrinkLimit: null,
    dirty: null,
    hibernated: null,
    label: safeText(''),
    uuid: '',
    bitlocker: null,
    inUse: [],
    ...rest,
    size: sizeOrNull(size),
    free: sizeOrNull(free),
  }
}

function sizeOrNull(size: number | null | undefined): Volume['size'] {
  return size === undefined || size === null ? null : bytes(size)
}

/** True when the ASCII (or Latin-1) `text` stands at `offset`. */
export function hasText(data: Uint8Array, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (data[offset + i] !== text.charCodeAt(i)) return false
  return true
}

/** A format whose superblock tells all that is wanted: a mark, and a parser over the head. */
export function superblockFormat(
  format: string,
  matches: (sample: VolumeSample) => boolean,
  parse: (view: ByteView, size: number) => Volume,
): VolumeFormat {
  return {
    matches,
    read: async ({ head, size }) => parseWith(format, head, (view) => parse(view, size)),
  }
}

/** Big-endian, as XFS, LUKS and HFS+ write. */
export function u32be(view: ByteView, offset: number, field: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = view.bytes(offset, 4, field)
  return a * 0x1000000 + (b << 16) + (c << 8) + d
}

/** Big-endian 64 bits; malformed above 2^53 - 1. */
export function u64be(view: ByteView, offset: number, field: string): number {
  const high = u32be(view, offset, field)
  view.require(high < 0x200000, field, offset, 'at most 2^53 - 1', `high half ${high}`)
  return high * 0x1_0000_0000 + u32be(view, offset + 4, field)
}

/** `count` units of `unit` bytes; malformed when the product is no exact number. */
export function product(view: ByteView, count: number, unit: number, field: string, offset: number): number {
  view.require(Number.isSafeInteger(count * unit), field, offset, 'a size below 2^53', `${count} x ${unit}`)
  return count * unit
}
