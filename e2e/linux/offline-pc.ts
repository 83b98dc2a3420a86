import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { KiB, MiB } from '../../installer-core/base/bytes.ts'
import type { Guid } from '../../installer-core/base/guid.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import { buildPc } from '../../installer-core/practice/build/build-pc.ts'
import { listVolume } from '../../installer-core/practice/snapshot/list-volume.ts'
import type { Contents, PartitionDesign } from '../../installer-core/practice/build/pc-design.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { bootVariables } from '../../installer-core/practice/templates/boot-variables.ts'
import { identitiesOf } from '../../installer-core/practice/templates/seeded-guid.ts'
import { run } from '../boot/run-tool.ts'
import { designPlace } from './design-place.ts'

const sector = 512
const espBytes = 400 * MiB
const rootBytes = 1024 * MiB
const rootStart = MiB + espBytes
const identities = identitiesOf('offline')

export const offlineDisk = 'disk0.img'

/** SHA-256 of each file by its path. */
export type FileSums = Readonly<Record<string, string>>

/** The one volume of a Linux PC, which fills its disk and is to be made smaller by the offline stage. */
export interface OfflineVolume {
  readonly fileSystem: 'ext4' | 'ntfs'
  readonly partition: Guid
  /** How long that is, in bytes. */
  readonly size: number
  /** How many files lie on it. */
  readonly files: number
  /** How much room it is to give, in bytes. */
  readonly by: number
  /** Makes the PC in `folder`, with `work` for what is needed on the way; its files. */
  make(folder: string, work: string): Promise<FileSums>
  /** Every file, read from outside with the file system's own tools; throws when it is not as it should be. */
  read(pc: string, work: string, size: number): Promise<FileSums>
}

/** An ext4. 7,000 files are written and 2,000 of them removed again, all over it: so it is 70 % full, and everywhere. */
export const offlineExt4: OfflineVolume = {
  fileSystem: 'ext4',
  partition: identities.guid('root'),
  size: rootBytes,
  files: 5000,
  by: 200 * MiB,
  async make(folder, work) {
    await makePc(folder, { kind: 'nothing' }, partitionType.linuxRootX64)
    const sums = fillRoot(work)
    const args = [`if=${join(work, 'root.img')}`, `of=${join(folder, offlineDisk)}`, 'bs=1M']
    run('dd', [...args, `seek=${rootStart / MiB}`, 'conv=sparse,notrunc', 'status=none'])
    rmSync(join(work, 'root.img'))
    return sums
  },
  read: async (pc, work, size) => readRoot(pc, work, size),
}

/** An NTFS with a hole of 300 MiB before its files, which reach behind the new end. */
export const offlineNtfs: OfflineVolume = {
  ...offlineExt4,
  fileSystem: 'ntfs',
  files: 31,
  by: 300 * MiB,
  async make(folder, work) {
    const hole = { path: '/hole', content: { kind: 'zeros' as const, size: 300 * MiB } }
    const files = Array.from({ length: 30 }, (_, number) => ({
      path: `/${number}`,
      content: { kind: 'noise' as const, size: 14 * MiB + number, seed: `file ${number}` },
    }))
    // The same name once more: ntfscp gives the room of the former content back.
    const filled = { path: '/hole', content: { kind: 'text' as const, text: 'filled' } }
    const contents = { kind: 'ntfs' as const, label: 'Files', serial: identities.hex('files', 16) }
    await makePc(folder, { ...contents, files: [hole, ...files, filled] }, partitionType.microsoftBasicData)
    return this.read(folder, work, this.size)
  },
  async read(pc, _, size) {
    const place = { image: join(pc, offlineDisk), sectorSize: sector as 512, offset: rootStart, size }
    const items = expectOk(await listVolume(place)).filter(({ what }) => what !== '/size')
    return Object.fromEntries(items.map(({ what, content }) => [what, content]))
  },
}

/** A Linux PC: a stand-in for its kernel, and a volume that fills the disk. */
async function makePc(folder: string, contents: Contents, typeGuid: Guid): Promise<void> {
  const place = designPlace(sector)
  const esp: PartitionDesign = {
    ...place(1, 'EFI System Partition', MiB, espBytes),
    guid: identities.guid('esp'),
    typeGuid: partitionType.esp,
    contents: {
      kind: 'fat',
      type: 'fat32',
      label: 'ESP',
      volumeId: identities.hex('esp', 8),
      files: [{ path: '/EFI/debian/linux.efi', content: { kind: 'stand-in', standIn: 'linux' } }],
    },
  }
  const root: PartitionDesign = {
    ...place(2, 'root', rootStart, rootBytes),
    guid: identities.guid('root'),
    typeGuid,
    contents,
  }
  const disk = {
    file: offlineDisk,
    size: rootStart + rootBytes + MiB,
    sectorSize: sector as 512,
    bus: 'nvme' as const,
    model: 'Offline Disk',
    serial: 'OFFLINE0',
    removable: false,
    table: { kind: 'gpt' as const, guid: identities.guid('disk'), partitions: [esp, root] },
  }
  const variables = bootVariables([{ description: 'debian', partition: esp, path: '/EFI/debian/linux.efi' }])
  const description = { name: 'Linux alone, full', running: { os: 'linux' } }
  expectOk(
    await buildPc(folder, { disks: [disk], variables, description }, expectOk(findFirmware()).variables),
  )
}

function fillRoot(work: string): FileSums {
  const files = join(work, 'files')
  const sums: Record<string, string> = {}
  const removed: string[] = []
  for (let number = 0; number < 7000; number += 1) {
    const path = `${number % 50}/${number}`
    mkdirSync(join(files, `${number % 50}`), { recursive: true })
    const data = randomBytes((number % 257) * KiB + number)
    writeFileSync(join(files, path), data)
    if (number % 7 < 2) removed.push(path)
    else sums[path] = createHash('sha256').update(data).digest('hex')
  }
  const image = join(work, 'root.img')
  run('truncate', ['-s', String(rootBytes), image])
  run('mke2fs', ['-q', '-t', 'ext4', '-b', '4096', '-L', 'root', '-m', '0', '-d', files, image])
  const commands = join(work, 'commands')
  writeFileSync(commands, removed.map((path) => `rm /${path}\n`).join(''))
  run('debugfs', ['-w', '-f', commands, image])
  rmSync(files, { recursive: true })
  return sums
}

/** SHA-256 of the volume's partition as it was made, byte for byte. */
export function volumeDigest(pc: string): string {
  const disk = openSync(join(pc, offlineDisk), 'r')
  const hash = createHash('sha256')
  const piece = Buffer.alloc(MiB)
  for (let at = rootStart; at < rootStart + rootBytes; at += MiB) {
    readSync(disk, piece, 0, MiB, at)
    hash.update(piece)
  }
  closeSync(disk)
  return hash.digest('hex')
}

/** SHA-256 of every file, read from outside with e2fsprogs; throws when the file system is not clean. */
function readRoot(pc: string, work: string, size: number): FileSums {
  const image = join(work, 'seen.img')
  const out = join(work, 'seen')
  const args = [`if=${join(pc, offlineDisk)}`, `of=${image}`, 'bs=1M', `skip=${rootStart / MiB}`]
  run('dd', [...args, `count=${size / MiB}`, 'conv=sparse', 'status=none'])
  run('e2fsck', ['-f', '-n', image])
  mkdirSync(out)
  run('debugfs', ['-R', `rdump / ${out}`, image])
  const sums: Record<string, string> = {}
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    sums[path.slice(out.length + 1)] = createHash('sha256').update(readFileSync(path)).digest('hex')
  }
  rmSync(image)
  rmSync(out, { recursive: true })
  return sums
}
