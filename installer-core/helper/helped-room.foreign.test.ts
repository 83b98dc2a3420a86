import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import { bytes, MiB } from '../base/bytes.ts'
import type { PartitionId } from '../model/primitives.ts'
import { stageFolder } from '../model/stage.ts'
import { wishAsShown } from '../plan/room-wish.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { compareSnapshots, takeSnapshot } from '../practice/snapshot.ts'
import { makeCutTestRelease } from '../system/testing/cut-test-release.ts'
import { helpedPc, value, type HelpedPc, type HelperProcess } from './testing/helped-pc.ts'
import type { RemoteInstaller } from './remote-installer.ts'

const id = 'cut-test-2.0.0-x86_64'
const by = bytes(512 * MiB)
let world: HelpedPc
let stage: OpenRelease
let helper: HelperProcess
let remote: RemoteInstaller
let root: PartitionId

beforeAll(async () => {
  world = await helpedPc('linux')
  await makeCutTestRelease(join(world.releases, id), { version: '2.0.0', size: MiB, folder: stageFolder })
  stage = value(await openReleaseFolder(join(world.releases, id)))
  helper = world.start()
  remote = helper.installer()
  const partitions = value(await remote.machine()).disks.flatMap((disk) => disk.partitions)
  root = partitions.find(({ volume }) => volume.fileSystem === 'ext4')!.id
})
afterAll(async () => {
  helper.child.stdin?.end()
  expect(await helper.ended).toEqual({ exit: 0, signal: null })
  expect(helper.said()).toBe('')
  world.remove()
})

describe('room that a helper prepares', () => {
  it('is prepared as it was confirmed, found again, and taken back', async () => {
    const before = value(await takeSnapshot(world.pc))
    const { plan } = value(await remote.planRoom({ partition: root, by }, stage))
    expect(world.changes()).toBe(0)
    expect(plan?.steps.map(({ kind }) => kind)).toEqual(['write-stage', 'arm-stage'])
    const shown = wishAsShown({ partition: root, by }, plan!)
    // Somebody looks again meanwhile, and wishes for nothing: what was shown still counts.
    value(await remote.machine())
    const report = value(await remote.makeRoom(shown, stage, plan!.fingerprint))
    expect(report).toMatchObject({ outcome: 'room-prepared', goal: 'make-room', failure: null })
    expect(world.changes()).toBeGreaterThan(20)
    expect(value(await remote.stage())?.job).toMatchObject({ partition: root, release: id })
    const cleared = value(await remote.planClearRoom()).plan?.fingerprint ?? ''
    expect(value(await remote.clearRoom(cleared))).toMatchObject({ outcome: 'room-cleared' })
    expect(value(await remote.stage())).toBeNull()
    expect(compareSnapshots(before, value(await takeSnapshot(world.pc)))).toEqual([])
  })

  it('is refused when it was not what the last look was asked for', async () => {
    const changes = world.changes()
    const { plan } = value(await remote.planRoom({ partition: root, by }, stage))
    const wish = wishAsShown({ partition: root, by }, plan!)
    const flipped = `${plan!.fingerprint.slice(0, -1)}${plan!.fingerprint.endsWith('0') ? '1' : '0'}`
    expect(await remote.makeRoom(wish, stage, flipped)).toMatchObject({
      failure: { code: 'fingerprint-differs' },
    })
    // A store of another size is another plan, even when everything would fit into it.
    const roomier = { ...wish, storeBytes: bytes(wish.storeBytes! + MiB) }
    expect(await remote.makeRoom(roomier, stage, plan!.fingerprint)).toMatchObject({
      failure: { code: 'fingerprint-differs' },
    })
    expect(await remote.planClearRoom()).toMatchObject({ failure: { code: 'not-found' } })
    expect(world.changes()).toBe(changes)
  })

  it('is refused when it was shown by an earlier look, or by one that was not asked for room', async () => {
    const other = world.start()
    const raw = other.client()
    const changes = world.changes()
    const looked = value(await raw.call('probe', { room: { partition: root, by, stage: id } }))
    const { room } = looked.plans
    const fingerprint = (room?.ok === true ? room.value.plan?.fingerprint : null) ?? ''
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    const asked = { goal: 'make-room', fingerprint } as const
    const now = value(await raw.call('probe', {}))
    for (const probe of [looked.probe, now.probe])
      expect(await raw.call('run', { ...asked, probe })).toMatchObject({ failure: { code: 'usage' } })
    expect(world.changes()).toBe(changes)
    other.child.stdin?.end()
    expect(await other.ended).toEqual({ exit: 0, signal: null })
  })

  it('is planned only for a partition that the look has found, with a stage that the caller has', async () => {
    const unknown = '12345678-1234-4234-8234-123456789abc' as PartitionId
    expect(await remote.planRoom({ partition: unknown, by }, stage)).toMatchObject({
      failure: { code: 'unknown-partition' },
    })
    const absent = { ...stage, manifest: { ...stage.manifest, id: 'not-there-1' as never } }
    expect(await remote.planRoom({ partition: root, by }, absent)).toMatchObject({
      failure: { code: 'release-not-found' },
    })
  })
})
