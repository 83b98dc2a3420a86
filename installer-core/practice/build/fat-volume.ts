import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { alignDown, KiB, MiB } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import { runCommand } from '../../adapters/run-command.ts'
import { stageFiles, writeContent } from './file-content.ts'
import type { Contents } from './pc-design.ts'
import type { VolumePlace } from './volume-place.ts'

type FatContents = Extract<Contents, { kind: 'fat' }>

const timeoutMs = 120_000
/** What fills a boot volume up to the wanted free space. */
const fillerName = 'OEM-firmware.bin'

/** Makes a FAT volume with its files, in place, with dosfstools and mtools. */
export async function makeFatVolume(place: VolumePlace, contents: FatContents): Promise<Result<void>> {
  const made = await format(place, contents)
  if (!made.ok) return made
  const folder = await mkdtemp(join(tmpdir(), 'berth-fat-'))
  try {
    await stageFiles(folder, contents.files)
    const copied = await copyTree(place, folder)
    return copied.ok && contents.leaveFree !== undefined ? await fill(place, contents.leaveFree) : copied
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function format(place: VolumePlace, contents: FatContents): Promise<Result<void>> {
  const sectors = place.offset / place.sectorSize
  const cluster = String(clusterSize(place, contents.type) / place.sectorSize)
  const args = ['-F', contents.type === 'fat16' ? '16' : '32', '-S', String(place.sectorSize), '-s', cluster]
  args.push('-n', contents.label, '-i', contents.volumeId, '-h', String(sectors), `--offset=${sectors}`)
  args.push(place.image, String(place.size / KiB))
  const result = await runCommand({ program: 'mkfs.vfat', args, timeoutMs })
  return result.ok ? done : result
}

/** mkfs.vfat would choose by the size of the whole image. FAT32 needs 65,525 clusters, FAT16 takes no more. */
function clusterSize(place: VolumePlace, type: FatContents['type']): number {
  if (type === 'fat32')
    return place.size <= 260 * MiB ? place.sectorSize : Math.max(4 * KiB, place.sectorSize)
  const smallest = place.size / 65_000
  return Math.max(place.sectorSize, 2 ** Math.ceil(Math.log2(smallest)))
}

async function copyTree(place: VolumePlace, folder: string): Promise<Result<void>> {
  const names = (await readdir(folder)).map((name) => join(folder, name))
  if (names.length === 0) return done
  const result = await mtool(place, 'mcopy', '-s', '-Q', ...names, '::/')
  return result.ok ? done : result
}

/** Adds a file of zeros so that `leaveFree` bytes remain, as closely as clusters allow. */
async function fill(place: VolumePlace, leaveFree: number): Promise<Result<void>> {
  const free = await freeBytes(place)
  if (!free.ok) return free
  const size = alignDown(Math.max(0, free.value - leaveFree), place.sectorSize)
  if (size === 0) return done
  const folder = await mkdtemp(join(tmpdir(), 'berth-fat-'))
  try {
    const file = join(folder, fillerName)
    await writeContent(file, { kind: 'zeros', size })
    const copied = await mtool(place, 'mcopy', '-Q', file, '::/')
    return copied.ok ? done : copied
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function freeBytes(place: VolumePlace): Promise<Result<number>> {
  const listed = await mtool(place, 'mdir', '::/')
  if (!listed.ok) return listed
  const found = /([\d ]+) bytes free/.exec(listed.value)?.[1]?.replaceAll(' ', '')
  return found === undefined || found === ''
    ? fail('malformed', { format: 'mdir', field: 'bytes free', offset: 0, required: 'a number', found: '' })
    : ok(Number(found))
}

/** Runs one of the mtools on the volume; gives what it printed. */
async function mtool(place: VolumePlace, program: string, ...args: string[]): Promise<Result<string>> {
  const image = `${place.image}@@${place.offset}`
  const env = { MTOOLS_SKIP_CHECK: '1', TZ: 'UTC' }
  const result = await runCommand({ program, args: ['-i', image, ...args], env, timeoutMs })
  return result.ok ? ok(result.value.stdout) : result
}
