import { describe, expect, it } from 'vitest'
import { bytes, GiB, MiB } from '../base/bytes.ts'
import { buildDisk, buildMachine } from '../check/testing/machine-builder.ts'
import type { SecondOpinion } from '../model/second-opinion.ts'
import { safeText } from '../probe/safe-text.ts'
import { disagreements } from './disagreements.ts'

const disk = buildDisk({
  name: '/dev/nvme0n1',
  size: 10 * GiB,
  partitions: [
    { type: 'esp', size: 100 * MiB, volume: { fileSystem: 'fat32', inUse: [safeText('/boot/efi')] } },
    { type: 'linuxGeneric', size: 4 * GiB, volume: { fileSystem: 'ext4' } },
    { type: 'linuxGeneric', size: GiB, volume: { fileSystem: 'swap', inUse: [safeText('swap')] } },
  ],
})
const machine = buildMachine({ disks: [disk] })
const part = (slot: number) => `/dev/nvme0n1p${slot}`

/** What lsblk says when it sees the very same. */
const same: SecondOpinion = {
  source: 'lsblk',
  memory: machine.memory,
  firmware: 'uefi',
  disks: [{ path: '/dev/nvme0n1', size: 10 * GiB, sectorSize: 512 }],
  partitions: [
    { path: part(1), size: 100 * MiB, fileSystem: 'vfat', mounts: ['/boot/efi'] },
    { path: part(2), size: 4 * GiB, fileSystem: 'ext4', mounts: [] },
    { path: part(3), size: GiB, fileSystem: 'swap', mounts: ['[SWAP]'] },
  ],
  listsAll: true,
}
const told = (other: Partial<SecondOpinion>) =>
  disagreements(machine, { ...same, ...other }).map(({ about, fact, own, other: value }) => [
    about,
    fact,
    own,
    value,
  ])
const withPart = (slot: number, change: object) => ({
  partitions: same.partitions.map((one) => (one.path === part(slot) ? { ...one, ...change } : one)),
})

describe('what another program says of this PC', () => {
  it('is no difference where it sees the same, by names of its own, or says nothing', () => {
    expect(told({})).toEqual([])
    expect(told({ memory: null, firmware: null })).toEqual([])
    expect(told(withPart(2, { size: null, fileSystem: null }))).toEqual([])
    expect(told(withPart(1, { fileSystem: 'fuseblk' }))).toEqual([])
  })

  it.each([
    [{ firmware: 'bios' }, ['pc', 'firmware', 'uefi', 'bios']],
    [{ memory: 1 }, ['pc', 'memory', machine.memory, 1]],
    [
      { disks: [{ path: '/dev/nvme0n1', size: GiB, sectorSize: 512 }] },
      ['/dev/nvme0n1', 'size', bytes(10 * GiB), GiB],
    ],
    [
      { disks: [{ path: '/dev/nvme0n1', size: null, sectorSize: 4096 }] },
      ['/dev/nvme0n1', 'sector-size', 512, 4096],
    ],
    [
      { disks: [...same.disks, { path: '/dev/sda', size: 1, sectorSize: 512 }] },
      ['/dev/sda', 'only-other', null, 'yes'],
    ],
    [{ disks: [] }, ['/dev/nvme0n1', 'only-own', 'yes', null]],
    [{ partitions: same.partitions.slice(0, 2) }, [part(3), 'only-own', 'yes', null]],
    [
      { partitions: [...same.partitions, { path: part(4), size: 1, fileSystem: null, mounts: [] }] },
      [part(4), 'only-other', null, 'yes'],
    ],
    [withPart(2, { size: GiB }), [part(2), 'size', 4 * GiB, GiB]],
    [withPart(2, { fileSystem: 'crypto_LUKS' }), [part(2), 'file-system', 'ext4', 'crypto_LUKS']],
    // The one that matters most: somebody uses what Berth takes for free.
    [withPart(2, { mounts: ['/srv'] }), [part(2), 'mounted', null, '/srv']],
    [withPart(1, { mounts: ['/boot/efi', '/efi'] }), [part(1), 'mounted', '/boot/efi', '/efi']],
  ] as const)('is told where it differs: %j', (change, difference) => {
    expect(told(change as Partial<SecondOpinion>)).toEqual([difference])
  })

  it('of one that lists mounts only, is no list of what there is', () => {
    const mounts = { ...same, source: 'node-disk-info', disks: [], listsAll: false } as const
    const overlay = { path: 'overlay', size: null, fileSystem: null, mounts: ['/'] }
    expect(disagreements(machine, { ...mounts, partitions: [overlay] })).toEqual([])
  })

  it('cannot bring anything that a terminal would obey into a report', () => {
    const [difference] = disagreements(machine, { ...same, ...withPart(2, { mounts: ['/\u202esrv'] }) })
    expect(difference?.other).toBe('/‹U+202E›srv')
  })
})
