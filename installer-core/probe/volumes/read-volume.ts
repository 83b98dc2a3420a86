import { KiB } from '../../base/bytes.ts'
import type { Volume } from '../../model/disk.ts'
import { apfsFormat } from './apfs.ts'
import { bitlockerFormat } from './bitlocker.ts'
import { btrfsFormat } from './btrfs.ts'
import { erofsFormat } from './erofs.ts'
import { exfatFormat } from './exfat.ts'
import { extFormat } from './ext.ts'
import { f2fsFormat } from './f2fs.ts'
import { fatFormat } from './fat.ts'
import { hfsplusFormat } from './hfsplus.ts'
import { linuxRaidFormat } from './linux-raid.ts'
import { luksFormat } from './luks.ts'
import { lvmFormat } from './lvm.ts'
import { ntfsFormat } from './ntfs.ts'
import { refsFormat } from './refs.ts'
import { squashfsFormat } from './squashfs.ts'
import { swapFormat } from './swap.ts'
import { volume, type VolumeFormat } from './volume-format.ts'
import type { VolumeReader } from './volume-reader.ts'
import { xfsFormat } from './xfs.ts'
import { zfsFormat } from './zfs.ts'

/**
 * Asked in this order, the first that knows its mark answers: containers before what they may hold, then what begins in
 * the first sector (whoever made it wrote over an older mark there), then marks that an older file system may have left.
 */
const formats: readonly VolumeFormat[] = [
  linuxRaidFormat,
  luksFormat,
  lvmFormat,
  bitlockerFormat,
  ntfsFormat,
  exfatFormat,
  refsFormat,
  fatFormat,
  xfsFormat,
  squashfsFormat,
  apfsFormat,
  extFormat,
  hfsplusFormat,
  f2fsFormat,
  erofsFormat,
  btrfsFormat,
  swapFormat,
  zfsFormat,
]

const sampled = { head: 72 * KiB, tail: 128 * KiB } as const

/**
 * What lies in a partition, by its superblock. Never fails: what cannot be read, or contradicts itself, is `unknown`; a
 * partition whose ends hold nothing but zeros is `none`.
 */
export async function readVolume(reader: VolumeReader): Promise<Volume> {
  const { size } = reader
  const head = await reader.read(0, Math.min(size, sampled.head))
  if (!head.ok) return volume('unknown')
  const tailLength = Math.min(size, sampled.tail)
  const tail = await reader.read(size - tailLength, tailLength)
  const sample = { head: head.value, tail: tail.ok ? tail.value : new Uint8Array(), size }
  for (const format of formats) {
    if (!format.matches(sample)) continue
    const read = await format.read(sample, reader)
    return read.ok ? read.value : volume('unknown')
  }
  const isEmpty = tail.ok && [sample.head, sample.tail].every((part) => part.every((byte) => byte === 0))
  return volume(isEmpty ? 'none' : 'unknown')
}
