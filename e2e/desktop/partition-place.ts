import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Guid } from '../../installer-core/base/guid.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import type { ScenarioPc } from '../boot/scenario.ts'
import type { VolumePlace } from './fat-volume.ts'

interface Probed {
  readonly disks: readonly {
    readonly name: string
    readonly sectorSize: number
    readonly partitions: readonly { readonly start: number; readonly typeGuid: string }[]
  }[]
}

/** Where the PC's first partition of a type lies. */
export async function partitionPlace(pc: ScenarioPc, type: Guid): Promise<VolumePlace> {
  const { disks } = (await pc.berth('probe')).last as unknown as Probed
  for (const { name, sectorSize, partitions } of disks)
    for (const { start, typeGuid } of partitions)
      if (typeGuid === type) return { image: join(pc.folder, name), offset: start * sectorSize }
  throw new Error(`the probe shows no partition of type ${type}`)
}

/** Whether the data partition's file system was closed: nothing waits in its journal (ext4's flag "needs recovery"). */
export async function isDataClosed(pc: ScenarioPc): Promise<boolean> {
  const { image, offset } = await partitionPlace(pc, partitionType.linuxGeneric)
  const superBlock = new Uint8Array(0x64)
  const file = openSync(image, 'r')
  try {
    readSync(file, superBlock, 0, superBlock.length, offset + 1024)
  } finally {
    closeSync(file)
  }
  const view = new DataView(superBlock.buffer)
  if (view.getUint16(0x38, true) !== 0xef53) throw new Error('there is no ext4 file system')
  return (view.getUint32(0x60, true) & 0x4) === 0
}

/** Makes the data partition's file system smaller than the partition: as after somebody enlarged the partition. */
export async function makeFileSystemSmaller(pc: ScenarioPc, toMiB: number): Promise<void> {
  // resize2fs cuts a plain file off at the new size, whatever lies behind.
  await withData(pc, (device) => asRoot('resize2fs', [device, `${toMiB}M`]))
}

/** Puts a text into a new file below `/etc` of the installed system, as its administrator might; folders are made. */
export async function writeInEtc(pc: ScenarioPc, path: string, text: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-etc-'))
  const source = join(folder, 'text')
  writeFileSync(source, text)
  const target = `/etc/changes/${path}`
  const parents = target.split('/').slice(1, -1)
  const mkdirs = parents.map((_, at) => `mkdir /${parents.slice(0, at + 1).join('/')}`)
  writeFileSync(join(folder, 'commands'), [...mkdirs, `write ${source} ${target}`, ''].join('\n'))
  try {
    await withData(pc, (device) => {
      // A folder that is there already is said to be, and the next command runs.
      asRoot('debugfs', ['-w', '-f', join(folder, 'commands'), device])
      if (!asRoot('debugfs', ['-R', `cat ${target}`, device]).includes(text))
        throw new Error(`${target} is not there`)
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The data partition's file system, whole, as a block device. */
async function withData(pc: ScenarioPc, use: (device: string) => void): Promise<void> {
  const { image, offset } = await partitionPlace(pc, partitionType.linuxGeneric)
  const device = asRoot('losetup', ['--find', '--show', '--offset', `${offset}`, image]).trim()
  try {
    // 1: the journal had to be read first, as after a restart that could not close everything.
    asRoot('e2fsck', ['-f', '-y', device], 1)
    use(device)
  } finally {
    asRoot('losetup', ['--detach', device])
  }
}

function asRoot(program: string, args: readonly string[], worst = 0): string {
  const ended = spawnSync(`/usr/sbin/${program}`, args, { encoding: 'utf8' })
  if (ended.error !== undefined) throw ended.error
  if (ended.status === null || ended.status > worst)
    throw new Error(`${program}: ${ended.stdout}${ended.stderr}`)
  return ended.stdout
}
