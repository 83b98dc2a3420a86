import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { alignDown, MiB } from '../../base/bytes.ts'
import { fromHex } from '../../base/guid.ts'
import { done, fail, type Result } from '../../base/result.ts'
import { runCommand } from '../../adapters/run-command.ts'
import { writeContent } from './file-content.ts'
import { copyUsed } from './copy-used.ts'
import type { VolumePlace } from './volume-place.ts'
import type { Contents, FileDesign } from './pc-design.ts'

type NtfsContents = Extract<Contents, { kind: 'ntfs' }>

const timeoutMs = 300_000
/** Position of the 8-byte volume serial number in an NTFS boot sector. */
const serialAt = 0x48
/** Size of the files that fill a volume up to the wanted free space. */
const fillerSize = 64 * MiB

/** Makes an NTFS volume with its files, with ntfs-3g's tools, and puts it into the image. */
export async function makeNtfsVolume(place: VolumePlace, contents: NtfsContents): Promise<Result<void>> {
  // Beside the image and not in /tmp: the volume is as long as the partition, and /tmp may not take sparse files that long.
  const folder = await mkdtemp(join(dirname(place.image), '.ntfs-'))
  try {
    const volume = join(folder, 'volume')
    const made = await format(volume, place, contents)
    if (!made.ok) return made
    for (const file of contents.files) {
      const added = await addFile(folder, volume, file)
      if (!added.ok) return added
    }
    const filled = contents.leaveFree === undefined ? done : await fill(folder, volume, contents.leaveFree)
    return filled.ok ? await copyUsed(volume, place) : filled
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function format(
  volume: string,
  place: VolumePlace,
  { label, serial }: NtfsContents,
): Promise<Result<void>> {
  const file = await open(volume, 'w+')
  try {
    await file.truncate(place.size)
    const start = String(place.offset / place.sectorSize)
    const geometry = ['-s', String(place.sectorSize), '-c', '4096', '-p', start, '-H', '255', '-S', '63']
    const args = ['-Q', '-F', '-q', '-L', label, ...geometry, volume]
    const made = await runCommand({ program: 'mkntfs', args, timeoutMs })
    if (!made.ok) return made
    await setSerial(file, place, serial)
    return done
  } finally {
    await file.close()
  }
}

/** mkntfs draws the serial number by lot; the boot sector and its copy in the last sector carry it. */
async function setSerial(file: FileHandle, place: VolumePlace, serial: string): Promise<void> {
  const stored = fromHex(serial).reverse()
  for (const sector of [0, place.size - place.sectorSize]) await file.write(stored, 0, 8, sector + serialAt)
}

async function addFile(folder: string, volume: string, file: FileDesign): Promise<Result<void>> {
  const source = join(folder, 'file')
  await writeContent(source, file.content)
  const args = ['-f', '-q', volume, source, file.path.replace(/^\//, '')]
  const result = await runCommand({ program: 'ntfscp', args, timeoutMs })
  return result.ok ? done : result
}

async function fill(folder: string, volume: string, leaveFree: number): Promise<Result<void>> {
  const info = await runCommand({ program: 'ntfsinfo', args: ['-f', '-m', volume], timeoutMs })
  if (!info.ok) return info
  const number = (name: string) => Number(new RegExp(`${name}: (\\d+)`).exec(info.value.stdout)?.[1])
  const free = number('Free Clusters') * number('Cluster Size')
  if (!Number.isFinite(free))
    return fail('malformed', {
      format: 'ntfsinfo',
      field: 'Free Clusters',
      offset: 0,
      required: 'a number',
      found: '',
    })
  // In pieces: ntfs-3g leaves the room beside the MFT for last, and refuses one file that needs both sides of it.
  const missing = alignDown(Math.max(0, free - leaveFree), MiB)
  for (let at = 0; at < missing; at += fillerSize) {
    const content = { kind: 'zeros' as const, size: Math.min(fillerSize, missing - at) }
    const added = await addFile(folder, volume, { path: `/Recording ${at / fillerSize + 1}.bin`, content })
    if (!added.ok) return added
  }
  return done
}
