import type { Disk, Partition } from '../model/disk.ts'
import type { Machine } from '../model/machine.ts'
import type { Disagreement, DiskOpinion, PartitionOpinion, SecondOpinion } from '../model/second-opinion.ts'
import { safeText } from '../probe/safe-text.ts'

type Value = string | number | null
type Tell = (about: string, fact: Disagreement['fact'], own: Value, other: Value) => void

/** In what another program differs from what Berth read itself. Where it says nothing it does not differ. */
export function disagreements(machine: Machine, opinion: SecondOpinion): readonly Disagreement[] {
  const found: Disagreement[] = []
  const text = (value: Value) => (typeof value === 'string' ? safeText(value) : value)
  const tell: Tell = (about, fact, own, other) => {
    if (own === other) return
    const values = { own: text(own), other: text(other) } as Pick<Disagreement, 'own' | 'other'>
    found.push({ source: opinion.source, about: safeText(about), fact, ...values })
  }
  const firmware = machine.firmware.kind === 'bios' ? 'bios' : 'uefi'
  if (opinion.firmware !== null) tell('pc', 'firmware', firmware, opinion.firmware)
  if (opinion.memory !== null) tell('pc', 'memory', machine.memory, opinion.memory)
  const disks = new Map(machine.disks.map((disk) => [disk.name as string, disk]))
  const partitions = new Map(machine.disks.flatMap(partitionsByPath))
  for (const one of opinion.disks) compareDisk(disks.get(one.path), one, tell)
  for (const one of opinion.partitions)
    comparePartition(partitions.get(one.path), one, opinion.listsAll, tell)
  if (opinion.listsAll) {
    const known = new Set([...opinion.disks, ...opinion.partitions].map(({ path }) => path))
    for (const path of [...disks.keys(), ...partitions.keys()])
      tell(path, 'only-own', 'yes', known.has(path) ? 'yes' : null)
  }
  return found
}

function compareDisk(own: Disk | undefined, other: DiskOpinion, tell: Tell): void {
  if (own === undefined) return tell(other.path, 'only-other', null, 'yes')
  if (other.size !== null) tell(other.path, 'size', own.size, other.size)
  if (other.sectorSize !== null) tell(other.path, 'sector-size', own.sectorSize, other.sectorSize)
}

/** A partition that only the other one knows counts when it lists devices, and not when it lists mounts. */
function comparePartition(
  own: Partition | undefined,
  other: PartitionOpinion,
  listsAll: boolean,
  tell: Tell,
): void {
  if (own === undefined) return listsAll ? tell(other.path, 'only-other', null, 'yes') : undefined
  if (other.size !== null) tell(other.path, 'size', own.size, other.size)
  const { fileSystem, inUse } = own.volume
  const named = other.fileSystem === null ? null : ownName(other.fileSystem)
  if (named !== null && named !== ownName(fileSystem))
    tell(other.path, 'file-system', fileSystem, other.fileSystem)
  for (const mount of other.mounts)
    if (!inUse.includes(safeText(mount === '[SWAP]' ? 'swap' : mount)))
      tell(other.path, 'mounted', inUse.length === 0 ? null : inUse.join(', '), mount)
}

/** Names of libblkid and of the kernel for what Berth calls otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  vfat: 'fat',
  msdos: 'fat',
  fat12: 'fat',
  fat16: 'fat',
  fat32: 'fat',
  ntfs3: 'ntfs',
  crypto_luks: 'luks',
  lvm2_member: 'lvm',
  linux_raid_member: 'linux-raid',
  zfs_member: 'zfs',
}

/** Null for a name that says only who mounted it. */
function ownName(name: string): string | null {
  const plain = name.toLowerCase()
  return /^fuse/.test(plain) ? null : (otherNames[plain] ?? plain)
}

/** How Linux calls the partitions of a disk: `sda1`, `nvme0n1p1`. */
function partitionsByPath({ name, partitions }: Disk): readonly (readonly [string, Partition])[] {
  const stem = /\d$/.test(name) ? `${name}p` : name
  return partitions.map((partition) => [`${stem}${partition.slot}`, partition])
}
