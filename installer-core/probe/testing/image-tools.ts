import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Volume } from '../../model/disk.ts'
import { readVolume } from '../volumes/read-volume.ts'
import { partitionReader } from '../volumes/volume-reader.ts'
import { memoryDevice } from './memory-device.ts'

const packages: Readonly<Record<string, string>> = {
  'mkfs.vfat': 'dosfstools',
  'fsck.vfat': 'dosfstools',
  mkntfs: 'ntfs-3g',
  ntfscp: 'ntfs-3g',
  ntfsinfo: 'ntfs-3g',
  mke2fs: 'e2fsprogs',
  dumpe2fs: 'e2fsprogs',
  debugfs: 'e2fsprogs',
  mkswap: 'util-linux',
  mcopy: 'mtools',
  mlabel: 'mtools',
  mdir: 'mtools',
  sfdisk: 'fdisk',
  sgdisk: 'gdisk',
}

/** Runs a tool that makes or describes images; a missing one fails the test with the package's name. */
export function runTool(program: string, args: readonly string[], okExits: readonly number[] = [0]): string {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const env = { ...process.env, PATH: path, LC_ALL: 'C', MTOOLS_SKIP_CHECK: '1' }
  const run = spawnSync(program, [...args], { encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 })
  if (run.error !== undefined)
    throw new Error(`${program} is missing: Debian package ${packages[program] ?? '?'}`, { cause: run.error })
  if (!okExits.includes(run.status ?? -1))
    throw new Error(`${program} ${args.join(' ')}: exit ${run.status}\n${run.stdout}${run.stderr}`)
  return run.stdout + run.stderr
}

/** An image file of `size` bytes in a folder of its own, gone after `use`. */
export async function withImage<T>(
  size: number,
  use: (image: string, folder: string) => Promise<T> | T,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-probe-'))
  try {
    const image = join(folder, 'image')
    writeFileSync(image, '')
    truncateSync(image, size)
    return await use(image, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the probe sees in an image that is one volume. */
export function probeVolume(data: Uint8Array | string, sectorSize: 512 | 4096 = 512): Promise<Volume> {
  const content = typeof data === 'string' ? new Uint8Array(readFileSync(data)) : data
  return readVolume(partitionReader(memoryDevice(content, sectorSize), 0, content.length))
}

/** The number that follows `label` in a tool's output. */
export function numberAfter(output: string, label: RegExp): number {
  const match = new RegExp(`${label.source}\\s*(\\d+)`).exec(output)
  if (match === null) throw new Error(`no ${label.source} in ${output}`)
  return Number(match[1])
}
