import { GiB, MiB, bytes } from '../../base/bytes.ts'
import { buildDisk, buildMachine, diskIdOf, partitionIdOf } from '../../check/testing/machine-builder.ts'
import type { PartitionSpec } from '../../check/testing/disk-builder.ts'
import type { Machine } from '../../model/machine.ts'

/** The volume that gave room. */
export const root = partitionIdOf('Root')
export const esp = partitionIdOf('ESP')
/** Bytes of that volume before and after. */
export const [from, to] = [20 * GiB, 16 * GiB]

/** A PC whose disk a Linux fills but for what its root has given away. */
export function pc(change: Partial<PartitionSpec> = {}, behind: readonly PartitionSpec[] = []): Machine {
  const boot = { name: 'ESP', type: 'esp', size: 512 * MiB } as const
  const volume = { fileSystem: 'ext4', free: bytes(9 * GiB), dirty: true } as const
  const disk = buildDisk({
    id: diskIdOf('own'),
    size: 512 * MiB + from + 2 * MiB,
    partitions: [
      { ...boot, volume: { fileSystem: 'fat32', free: bytes(400 * MiB), dirty: false } },
      { name: 'Root', type: 'linuxRootX64', size: to, volume, ...change },
      ...behind,
    ],
  })
  return buildMachine({ disks: [disk], running: { os: 'linux' } })
}

/** The root's first sector. */
export const start = (machine: Machine) => machine.disks[0]?.partitions.find(({ id }) => id === root)?.start

/** The record that the stage leaves. */
export function recordOf(machine: Machine, change: object = {}): string {
  return JSON.stringify({
    schema: 'berth/room/1',
    disk: diskIdOf('own'),
    partition: root,
    start: start(machine),
    from,
    to,
    release: 'offline-1-x86_64',
    releaseSha256: 'ab'.repeat(32),
    ...change,
  })
}

/** The PC with these records on its boot volume. */
export function withRooms(machine: Machine, ...rooms: readonly string[]): Machine {
  const bootVolumes = machine.bootVolumes.map((volume) => ({ ...volume, rooms: [...rooms] }))
  return { ...machine, bootVolumes }
}
