import { basename, join } from 'node:path'
import type { DiskNode, PartitionNode } from './disk-nodes.ts'
import type { LinuxPlaces } from './linux-places.ts'
import { parseMountTable, plain, type Mount } from './mount-table.ts'
import { namesIn, readText, realPath } from './sys-file.ts'

/** Who uses the PC's partitions right now. */
export interface PartitionUses {
  /**
   * Why a partition must not be changed from below: where it is mounted, `swap`, `raid`, `dm` with the volume's name. A
   * use of the whole disk counts for each of its partitions. Empty: none that is known.
   */
  of(disk: DiskNode, partition: PartitionNode): readonly string[]
  /** Who uses the disk as a whole, so that none of its partitions is what it seems. */
  ofDisk(disk: DiskNode): readonly string[]
  /** Where a file system on this partition is mounted, the one of all of it first. */
  mountsOf(partition: PartitionNode): readonly Mount[]
}

/** Looks who uses what: the mount table, swaps, what sysfs says lies upon a device, and the members of each btrfs. */
export function readPartitionUses(places: LinuxPlaces): PartitionUses {
  const mounts = parseMountTable(readText(join(places.proc, 'self/mountinfo')) ?? '')
  const swaps = swapNames(places)
  const btrfs = btrfsMembers(places, mounts)
  const mountsOf = (partition: PartitionNode) =>
    mounts
      .filter((mount) => mount.device === partition.device || btrfs.get(mount.device)?.has(partition.name))
      .sort((a, b) => Number(a.root !== '/') - Number(b.root !== '/'))
  const usesOf = (name: string, device: string, points: readonly string[]) => [
    ...points,
    ...(swaps.has(device) ? ['swap'] : []),
    ...holdersOf(places, name),
  ]
  const ofDisk = (disk: DiskNode) => {
    const points = mounts.filter(({ device }) => device === disk.device).map(({ point }) => point)
    return [...new Set(usesOf(disk.name, disk.name, points))]
  }
  return {
    mountsOf,
    ofDisk,
    of(disk, partition) {
      const points = mountsOf(partition).map(({ point }) => point)
      const own = usesOf(join(disk.name, partition.name), partition.name, points)
      return [...new Set([...own, ...ofDisk(disk)])]
    },
  }
}

function swapNames({ proc, dev }: LinuxPlaces): ReadonlySet<string> {
  const lines = (readText(join(proc, 'swaps')) ?? '').split('\n').slice(1)
  const paths = lines.map((line) => plain(line.split(/\s/)[0] ?? '')).filter((path) => path.startsWith(dev))
  return new Set(paths.map((path) => basename(realPath(path))))
}

/** The device number in the mount table that stands for a btrfs, and the devices that it is made of. */
function btrfsMembers(
  { sys, dev }: LinuxPlaces,
  mounts: readonly Mount[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const systems = namesIn(join(sys, 'fs/btrfs')).map((id) => namesIn(join(sys, 'fs/btrfs', id, 'devices')))
  const found = new Map<string, ReadonlySet<string>>()
  for (const mount of mounts.filter(({ type }) => type === 'btrfs')) {
    const source = basename(realPath(mount.source.startsWith('/') ? mount.source : join(dev, mount.source)))
    found.set(mount.device, new Set([source, ...(systems.find((names) => names.includes(source)) ?? [])]))
  }
  return found
}

/** What lies upon a device (a whole disk, or `disk/partition`): RAID, or a device-mapper volume with its name. */
function holdersOf({ sys }: LinuxPlaces, device: string): readonly string[] {
  return namesIn(join(sys, 'block', device, 'holders')).map((holder) => {
    if (/^md/.test(holder)) return 'raid'
    const name = readText(join(sys, 'block', holder, 'dm/name'))
    return name === null ? holder : `dm ${name}`
  })
}
