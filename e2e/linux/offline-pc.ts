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
import { expectOk } from '../../installer-core/base/result.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import { buildPc } from '../../installer-core/practice/build/build-pc.ts'
import type { PartitionDesign } from '../../installer-core/practice/build/pc-design.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { bootVariables } from '../../installer-core/practice/templates/boot-variables.ts'
import { identitiesOf } from '../../installer-core/practice/templates/seeded-guid.ts'
import { run } from '../boot/run-tool.ts'
import { designPlace } from './design-place.ts'

const sector = 512
const espBytes = 400 * MiB
export const rootBytes = 1024 * MiB
const rootStart = MiB + espBytes
const identities = identitiesOf('offline')

/** The root of the PC with an ext4 that fills the disk. */
export const offlineRoot = identities.guid('root')
export const offlineDisk = 'disk0.img'

/**
 * A Linux PC (a stand-in for its kernel) whose one ext4 fills the disk. 7,000 files are written and 2,000 of them removed
 * again, all over the volume: so it is 70 % full, and everywhere.
 */
export async function makeOfflinePc(folder: string, work: string): Promise<Readonly<Record<string, string>>> {
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
    guid: offlineRoot,
    typeGuid: partitionType.linuxRootX64,
    contents: { kind: 'nothing' },
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
  const sums = fillRoot(work)
  const args = [`if=${join(work, 'root.img')}`, `of=${join(folder, offlineDisk)}`, 'bs=1M']
  run('dd', [...args, `seek=${rootStart / MiB}`, 'conv=sparse,notrunc', 'status=none'])
  rmSync(join(work, 'root.img'))
  return sums
}

function fillRoot(work: string): Readonly<Record<string, string>> {
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

/** SHA-256 of the root's partition as it was made, byte for byte. */
export function rootDigest(pc: string): string {
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
export function readRoot(pc: string, work: string, size: number): Readonly<Record<string, string>> {
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
