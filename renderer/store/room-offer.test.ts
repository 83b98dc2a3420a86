import { expect, it } from 'vitest'
import { bytes, GiB, MiB } from '../../installer-core/base/bytes.ts'
import type { Partition } from '../../installer-core/model/disk.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import type { SafeText } from '../../installer-core/model/primitives.ts'
import { recorded } from '../stories/recorded.ts'
import { plainChoices } from './page-state.ts'
import { offered, unsuitable } from './planning.ts'
import { fitsWithRoom, offerRooms, stageFor, systemsOf } from './room-offer.ts'

const { linux, laptop, releases } = recorded
const release = offered(releases[0])
if (release === null) throw new Error('the recorded release cannot be used')

function withRoot(change: Partial<Partition['volume']>): Machine {
  const disks: Machine['disks'] = linux.disks.map((disk) => ({
    ...disk,
    partitions: disk.partitions.map((one) =>
      one.volume.fileSystem === 'ext4' ? { ...one, volume: { ...one.volume, ...change } } : one,
    ),
  }))
  return { ...linux, disks }
}

const offersOn = (machine: Machine) => offerRooms(machine, release, plainChoices)

it('offers the running root, by default as much as the system would like, and no more than it can give', () => {
  expect(unsuitable(linux, release, plainChoices).map(({ id }) => id)).toContain('volume-holds-root')
  const [offer, ...others] = offersOn(linux)
  expect(others).toEqual([])
  expect(offer?.place.partition.volume.inUse).toEqual(['/'])
  // 32 GiB for data, and 4 GiB to start from, for which the ESP has no room.
  expect(offer?.limits.value).toBe(36 * GiB)
  expect(offer?.limits.least).toBeLessThan(16 * GiB)
  expect(offer?.limits.most).toBeGreaterThan(290 * GiB)
  expect(fitsWithRoom(linux, release)).toBe(true)
})

it('offers what there is when it is less than that, and nothing when it would not do', () => {
  const some = withRoot({ free: bytes(45 * GiB) })
  const [offer] = offersOn(some)
  expect(offer?.limits.most).toBeLessThan(36 * GiB)
  expect(offer?.limits.value).toBe(offer?.limits.most)
  expect(fitsWithRoom(some, release)).toBe(true)
  const few = withRoot({ free: bytes(9 * GiB) })
  expect([offersOn(few), fitsWithRoom(few, release)]).toEqual([[], false])
  expect(offersOn(withRoot({ free: null }))).toEqual([])
})

it('offers no volume that something else than being mounted keeps from becoming smaller', () => {
  const uses = (...inUse: string[]) => withRoot({ inUse: inUse as SafeText[] })
  for (const machine of [uses('/', 'dm root'), uses('swap'), uses(), withRoot({ fileSystem: 'xfs' })])
    expect(offersOn(machine)).toEqual([])
  expect(offersOn(uses('/', '/home'))).toHaveLength(1)
  expect(offersOn(laptop)).toEqual([])
})

it('offers an NTFS that is mounted, but not one that this Linux needs to start', () => {
  const ntfs = { fileSystem: 'ntfs', inUse: ['/mnt/files' as SafeText] } as const
  expect(offersOn(withRoot(ntfs))).toHaveLength(1)
  expect(offersOn(withRoot({ ...ntfs, neededAtStart: true }))).toEqual([])
  expect(offersOn(withRoot({ ...ntfs, hibernated: true }))).toEqual([])
})

it('does not call a PC ready for room when something else is in the way too', () => {
  const small = { ...linux, memory: bytes(512 * MiB) }
  expect(offersOn(small)).toHaveLength(1)
  expect(fitsWithRoom(small, release)).toBe(false)
})

it('keeps stages and systems apart, and takes the newest stage that the PC can start', () => {
  expect(systemsOf(releases).map(({ id }) => id)).not.toContain('stage-1.0.0-x86_64')
  expect(systemsOf(releases)).toHaveLength(releases.length - 1)
  expect(stageFor(releases, linux)?.id).toBe('stage-1.0.0-x86_64')
  expect(stageFor(releases, { ...linux, cpu: 'aarch64' })).toBeNull()
  expect(stageFor(releases.slice(0, -1), linux)).toBeNull()
  const last = releases.at(-1)!
  const practised = { ...last, id: 'stage-2.0.0-x86_64' as never, signer: { name: 'x', practiceOnly: true } }
  expect(stageFor([...releases, practised], linux)?.id).toBe('stage-1.0.0-x86_64')
  expect(stageFor([practised], linux)?.id).toBe('stage-2.0.0-x86_64')
})
