import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectedClient } from '../api/client.ts'
import type { PlanAsked } from '../api/methods/plan-methods.ts'
import { MiB, bytes } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import type { ReleaseId } from '../model/primitives.ts'
import { stageFolder } from '../model/stage.ts'
import { compareSnapshots, takeSnapshot } from '../practice/snapshot.ts'
import { makeCutTestRelease } from '../system/testing/cut-test-release.ts'
import { runPlanned, value } from './testing/engine-kit.ts'
import { releaseIn } from './testing/release-in.ts'
import { testEngine, type TestEngine } from './testing/test-engine.ts'

const target = 'practice:room'
const stage = 'cut-test-2.0.0-x86_64' as ReleaseId
let world: TestEngine
let client: ConnectedClient
let asked: Extract<PlanAsked, { readonly goal: 'make-room' }>

beforeAll(async () => {
  world = testEngine()
  await releaseIn(world.folder)
  const folder = join(world.folder, 'releases', stage)
  await makeCutTestRelease(folder, { version: '2.0.0', size: MiB, folder: stageFolder })
  client = world.client()
  const from = { kind: 'template', template: 'linux-running' } as const
  value(await client.call('practice.new', { name: 'room', from }))
  const probed = value(await client.call('target.probe', { target }))
  const partitions = probed.kind === 'machine' ? probed.machine.disks.flatMap((disk) => disk.partitions) : []
  const root = partitions.find(({ volume }) => (volume.inUse as readonly string[]).includes('/'))
  if (root === undefined) throw new Error('There is no root that is mounted')
  asked = { target, goal: 'make-room', stage, partition: root.id, by: bytes(512 * MiB) }
})
afterAll(() => world.remove())

const found = async () => value(await client.call('room.get', { target })).room
const look = async () => expectOk(await takeSnapshot(join(world.folder, 'data/practice/room')))

describe('room that an engine prepares for a volume in use', () => {
  it('is prepared, found again, and taken back without a trace', async () => {
    const before = await look()
    expect(await found()).toBeNull()
    expect(await runPlanned(client, asked)).toBe('room-prepared')
    const { partition } = asked
    expect(await found()).toMatchObject({ partition, phase: 'prepare', failure: null })
    const room = await found()
    expect(Number(room?.from) - Number(room?.to)).toBeGreaterThanOrEqual(512 * MiB)
    const next = value(await client.call('practice.next', { target }))
    expect(next).toMatchObject({ entry: room?.entry, reason: 'boot-next' })
    expect(await client.call('plan.make', asked)).toMatchObject({ failure: { code: 'already-exists' } })
    expect(await runPlanned(client, { target, goal: 'clear-room' })).toBe('room-cleared')
    expect(await found()).toBeNull()
    expect(compareSnapshots(before, await look())).toEqual([])
    expect(world.faults).toEqual([])
  })

  it('is refused for a release that is none, and known to no recording', async () => {
    const other = 'cut-test-1.0.0-x86_64' as ReleaseId
    expect(await client.call('plan.make', { ...asked, stage: other })).toMatchObject({
      failure: { code: 'unsupported' },
    })
    expect(await client.call('plan.make', { target, goal: 'clear-room' })).toMatchObject({
      failure: { code: 'not-found' },
    })
    const probed = value(await client.call('target.probe', { target }))
    const text = JSON.stringify(probed.kind === 'machine' ? probed.machine : null)
    const opened = value(await client.call('target.open-recording', { name: 'linux', text }))
    expect(value(await client.call('room.get', { target: opened.target.id })).room).toBeNull()
  })
})
