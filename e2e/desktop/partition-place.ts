import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readSync } from 'node:fs'
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
  const { image, offset } = await partitionPlace(pc, partitionType.linuxGeneric)
  // resize2fs cuts a plain file off at the new size, whatever lies behind.
  const device = asRoot('losetup', ['--find', '--show', '--offset', `${offset}`, image]).trim()
  try {
    // 1: the journal had to be read first, as after a restart that could not close everything.
    asRoot('e2fsck', ['-f', '-y', device], 1)
    asRoot('resize2fs', [device, `${toMiB}M`])
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
