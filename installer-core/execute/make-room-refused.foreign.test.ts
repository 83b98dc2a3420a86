import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { open } from '../adapters/testing/pc-with-volume.ts'
import { smallPc } from '../adapters/testing/small-pc.ts'
import { bytes, MiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { findPlace } from '../check/locate.ts'
import type { Machine } from '../model/machine.ts'
import { planStage, stageFindings } from '../plan/plan-stage.ts'
import { neverCancelled } from '../ports/cancellation.ts'
import type { Platform } from '../ports/platform.ts'
import { buildMachine } from '../probe/build-machine.ts'
import { emptyExt4, emptyNtfs, stagePc, stageRelease } from './testing/stage-pc.ts'

const release = stageRelease(300_000)
const wish = { partition: smallPc.data, by: bytes(8 * MiB) }
let volume: Uint8Array
beforeAll(async () => {
  volume = await emptyExt4()
})

let platform: Platform
beforeEach(async () => {
  platform = open(await stagePc(volume), 512).platform
})

async function look(): Promise<Machine> {
  return expectOk(buildMachine(expectOk(await platform.probe(neverCancelled)), nodeHasher))
}

const changed = (machine: Machine, change: object): Machine => ({
  ...machine,
  disks: machine.disks.map((disk) => ({
    ...disk,
    partitions: disk.partitions.map((one) =>
      one.id === smallPc.data ? { ...one, volume: { ...one.volume, ...change } } : one,
    ),
  })),
})

describe('making room is refused before anything is done', () => {
  const plan = (machine: Machine, by = wish.by) => planStage(platform, machine, { ...wish, by }, release)

  it.each([
    ['LVM upon it', { inUse: ['dm root'] }, { code: 'unsupported', facts: { found: 'ext4, dm root' } }],
    ['swap', { inUse: ['swap'] }, { code: 'unsupported' }],
    ['another file system', { fileSystem: 'xfs' }, { code: 'unsupported', facts: { found: 'xfs' } }],
    ['a volume at rest that asks for a check', { dirty: true }, { code: 'volume-dirty' }],
  ])('with %s', async (_, change, failure) => {
    expect(await plan(changed(await look(), change))).toMatchObject({ failure })
  })

  it('not with a mounted root, which always looks as if it asked for a check', async () => {
    expectOk(await plan(changed(await look(), { inUse: ['/', '/home'], dirty: true })))
  })

  it('with more than the volume can give', async () => {
    const limit = { code: 'volume-shrink-limit', facts: { what: smallPc.data } }
    expect(await plan(await look(), bytes(60 * MiB))).toMatchObject({ failure: limit })
    expect(await plan(await look(), bytes(600 * MiB))).toMatchObject({ failure: limit })
  })

  it('with a boot volume that has no room for the stage and its overlay, saying how much it takes', async () => {
    const machine = await look()
    const place = findPlace(machine, smallPc.esp)
    const full = {
      ...machine,
      disks: machine.disks.map((disk) => ({
        ...disk,
        partitions: disk.partitions.map((one) =>
          one === place?.partition ? { ...one, volume: { ...one.volume, free: bytes(5 * MiB) } } : one,
        ),
      })),
    }
    const refused = await plan(full)
    expect(refused).toMatchObject({
      failure: { code: 'no-space', facts: { where: smallPc.esp, found: 5 * MiB } },
    })
    expect(!refused.ok && Number(refused.failure.facts['required'])).toBeGreaterThan(20 * MiB)
  })

  it('with an identity that is not there', async () => {
    const unknown = { ...wish, partition: smallPc.boot }
    expect(await planStage(platform, await look(), unknown, release)).toMatchObject({
      failure: { code: 'unknown-partition' },
    })
  })
})

describe('an NTFS', () => {
  beforeEach(async () => {
    platform = open(await stagePc(await emptyNtfs()), 512).platform
  })
  const about = (machine: Machine) =>
    stageFindings(machine, wish, release)
      .filter(({ where }) => where === smallPc.data)
      .map(({ id, severity }) => [id, severity])

  it('gives room too, in use or not, and it is said that Windows will check it', async () => {
    const machine = await look()
    const room = expectOk(await planStage(platform, machine, wish, release))
    // Its log is written anew.
    expect(room.storeBytes).toBeGreaterThan(24 * MiB)
    expect(about(machine)).toEqual([['volume-check-follows', 'note']])
    expectOk(
      await planStage(platform, changed(machine, { inUse: ['/mnt/files'], dirty: true }), wish, release),
    )
  })

  it.each([
    ['holds a sleeping Windows', { hibernated: true }, 'volume-hibernated'],
    [
      'is protected by BitLocker',
      { bitlocker: { conversion: 'fully-encrypted', protection: 'on' } },
      'bitlocker-shrink',
    ],
    ['has to be there when Linux starts', { inUse: ['/srv'], neededAtStart: true }, 'volume-needed-at-start'],
  ])('does not when it %s', async (_, change, id) => {
    expect(about(changed(await look(), change))).toContainEqual([id, 'blocker'])
  })

  it('does not when it asks for a check already', async () => {
    const machine = changed(await look(), { dirty: true })
    expect(await planStage(platform, machine, wish, release)).toMatchObject({
      failure: { code: 'volume-dirty' },
    })
  })
})
