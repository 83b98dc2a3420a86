import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FaultPlan } from '../adapters/memory/fault-plan.ts'
import { runCommand } from '../adapters/run-command.ts'
import { dataPartition, open, stateWith } from '../adapters/testing/pc-with-volume.ts'
import { placesOf, smallPc } from '../adapters/testing/small-pc.ts'
import { bytes, lba, MiB } from '../base/bytes.ts'
import { guid } from '../base/guid.ts'
import { expectOk } from '../base/result.ts'
import { partitionType } from '../base/well-known.ts'
import type { StepOf } from '../model/plan.ts'
import { roomFolder, roomPath } from '../model/room.ts'
import { stageFolder, type StageJob, type StageMark } from '../model/stage.ts'
import type { Platform } from '../ports/platform.ts'
import { sourceOf } from './byte-sources.ts'
import { takeBack } from './removal.ts'
import { manifestWith, toolsFor } from './testing/step-tools.ts'

const size = bytes(smallPc.dataBytes)
const small = bytes(40 * MiB)
const path = roomPath(smallPc.data)
const { data } = placesOf(512)
const step: StepOf<'return-room'> = {
  kind: 'return-room',
  target: { disk: smallPc.disk, partition: smallPc.data, start: lba(data), size },
  from: small,
  to: size,
  record: { disk: smallPc.disk, partition: smallPc.esp, path },
}
const job: StageJob = {
  schema: 'berth/stage-job/1',
  disk: smallPc.disk,
  partition: smallPc.data,
  start: lba(data),
  from: size,
  to: small,
  entry: 7,
  option: '00',
  release: 'offline-1' as never,
  releaseSha256: 'ab'.repeat(32),
}

let sound: Uint8Array
let dirty: Uint8Array
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-return-'))
  const image = join(folder, 'volume')
  writeFileSync(image, '')
  truncateSync(image, small)
  const run = async (program: string, args: readonly string[]) =>
    expectOk(await runCommand({ program, args, timeoutMs: 60_000 }))
  await run('mke2fs', ['-q', '-F', '-t', 'ext4', '-b', '4096', '-J', 'size=4', image])
  sound = new Uint8Array(readFileSync(image))
  await run('debugfs', ['-w', '-R', 'set_super_value state 2', image])
  dirty = new Uint8Array(readFileSync(image))
  rmSync(folder, { recursive: true })
})

let state: ReturnType<typeof stateWith>
beforeEach(() => {
  state = stateWith(sound, 512)
})

async function on<T>(work: (platform: Platform) => Promise<T>, fault?: FaultPlan): Promise<T> {
  const { platform } = open(state, 512, fault)
  const result = await work(platform)
  await platform.close()
  return result
}

/** The partition as it is when its room was made: `blocks` less than it has. */
async function makeShort(behind: boolean): Promise<void> {
  await on(async (platform) => {
    const { tableDigest, typeGuid, slot } = await dataPartition(platform)
    const part = (own: string, at: number, start: number, length: number) =>
      ({
        kind: 'add',
        slot: at,
        guid: guid(own),
        typeGuid: partitionType.microsoftBasicData,
        start: lba(start),
        blocks: length / 512,
        attributes: '0000000000000000',
        name: `part ${at}`,
      }) as const
    expect(typeGuid).toBe(partitionType.microsoftBasicData)
    expectOk(
      await platform.editPartitions(smallPc.disk, tableDigest, [
        { kind: 'remove', slot, guid: guid(smallPc.data) },
        part(smallPc.data, slot, data, small),
        ...(behind ? [part(smallPc.boot, 3, data + small / 512, MiB)] : []),
      ]),
    )
  })
}

/** Files on the ESP. */
async function put(files: Readonly<Record<string, string>>): Promise<void> {
  await on(async (platform) => {
    const tree = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
    for (const folder of ['/EFI', roomFolder, stageFolder]) {
      if (Object.keys(files).some((name) => name.startsWith(`${folder}/`)))
        expectOk(await tree.makeFolder(folder))
    }
    for (const [name, text] of Object.entries(files))
      expectOk(await tree.create(name, sourceOf(new TextEncoder().encode(text))))
    expectOk(await tree.sync())
    expectOk(await tree.close())
  })
}

async function names(folder: string): Promise<readonly string[]> {
  return on(async (platform) => {
    const tree = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
    const there = expectOk(await tree.stat(folder))
    const found = there === null ? [] : expectOk(await tree.list(folder)).map(({ name }) => name)
    await tree.close()
    return found
  })
}

const give = (fault?: FaultPlan) =>
  on((platform) => takeBack(toolsFor(platform, manifestWith([])), step), fault)
const volume = () => on(async (platform) => dataPartition(platform))
const record = { [path]: '{}' }
const stage = (mark: StageMark, own: StageJob = job) => ({
  [`${stageFolder}/job.json`]: JSON.stringify(own),
  [`${stageFolder}/mark`]: JSON.stringify(mark),
})

describe('giving room back', () => {
  it('lengthens partition and file system, and leaves nothing of the stage that made the room', async () => {
    await put({ ...record, ...stage({ phase: 'done', starts: 1 }) })
    await makeShort(false)
    expect(expectOk(await give())).toEqual([])
    expect(await volume()).toMatchObject({ size, volume: { fileSystem: 'ext4', size, dirty: false } })
    expect(await names('/EFI')).toEqual([])
    expect(expectOk(await give())).toEqual([])
  })

  it('leaves what others have in the folder, and a stage that is not about this room or has not ended well', async () => {
    await put({ ...record, [`${roomFolder}/other.efi`]: 'x', ...stage({ phase: 'refused', starts: 1 }) })
    await makeShort(false)
    expect(expectOk(await give())).toEqual([])
    expect((await names(roomFolder)).toSorted()).toEqual(['other.efi', 'stage'])
    expect(await names(stageFolder)).toHaveLength(2)
  })

  it.each<[string, boolean, () => Uint8Array, string]>([
    ['when its file system asks for a check', false, () => dirty, '(volume-dirty)'],
    ['when something lies in the room', true, () => sound, 'now lies behind it'],
  ])('leaves the room and its record %s, and says so', async (_, behind, content, reason) => {
    state = stateWith(content(), 512)
    await put({ ...record, ...stage({ phase: 'done', starts: 1 }) })
    await makeShort(behind)
    const [left, ...more] = expectOk(await give())
    expect(left).toContain(smallPc.data)
    expect(left).toContain(reason)
    expect(more).toEqual([])
    expect((await volume()).size).toBe(small)
    expect(await names(roomFolder)).toContain(path.slice(roomFolder.length + 1))
  })

  it('fails, and works when it is asked again, when the disk fails on the way', async () => {
    await put(record)
    await makeShort(false)
    for (const at of [1, 3, 5, 8])
      expect(await give({ operation: 'disk.write', at, kind: 'EIO' })).toMatchObject({
        failure: { code: 'io-failed' },
      })
    expect(expectOk(await give())).toEqual([])
    expect(await volume()).toMatchObject({ size, volume: { size } })
    expect(await names('/EFI')).toEqual([])
  })
})
