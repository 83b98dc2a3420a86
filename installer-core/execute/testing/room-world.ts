import { createHash } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytes, KiB, lba, MiB } from '../../base/bytes.ts'
import { guid } from '../../base/guid.ts'
import { done, expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { readEnds } from '../../adapters/disk-image/image-disks.ts'
import { editGpt } from '../../formats/gpt/edit-gpt.ts'
import type { GptEdit } from '../../formats/gpt/gpt-types.ts'
import { gptWrites } from '../../formats/gpt/gpt-writes.ts'
import { parseGpt } from '../../formats/gpt/parse-gpt.ts'
import { roomFolder, roomPath } from '../../model/room.ts'
import { stageFolder, type StageJob } from '../../model/stage.ts'
import { roomNote } from '../../stage/note-room.ts'
import { shrinkOffline } from '../../stage/shrink-offline.ts'
import { markText } from '../../steps/stage-files.ts'
import { fileOverlay } from '../../stage/testing/file-overlay.ts'
import { sourceOf } from '../../steps/byte-sources.ts'
import type { BytesAt } from './bytes-at.ts'
import { diskGuid, espGuid, makeWorld, pattern, tool } from './make-world.ts'
import { onlyDisk, openOn } from './open-world.ts'
import type { Scenario } from './scenario.ts'
import { clone, partsOf, type World } from './world.ts'

export const rootGuid = guid('aaaaaaaa-0005-4000-8000-000000000005')
const espMiB = 10
const from = 60 * MiB
const room = 36 * MiB
const start = (2 + espMiB) * MiB

/** An installation into the room: seen from there, a volume of what the root has left, and a gap behind it. */
export const roomScenario: Scenario = {
  name: 'an XBOOTLDR in room that the offline stage made',
  where: 'gap',
  room: 36,
  listInOrder: false,
  shape: { sectorSize: 512, disk: 74, esp: espMiB, ntfs: (from - room) / MiB, store: 'OVMF_VARS.fd' },
}

const job: StageJob = {
  schema: 'berth/stage-job/1',
  disk: diskGuid as never,
  partition: rootGuid as never,
  start: lba(start / 512),
  from: bytes(from),
  to: bytes(from - room),
  entry: 7,
  option: '00',
  release: 'offline-1' as never,
  releaseSha256: 'ab'.repeat(32),
}

/** A PC whose ext4 root fills the room behind the ESP, and the same one after the stage made room. */
export interface RoomWorlds {
  readonly whole: World
  readonly shrunk: World
}

/** The shrink is the stage's own; only its start of the PC is not there. */
export async function makeRoomWorlds(): Promise<RoomWorlds> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-room-'))
  try {
    const whole = makeWorld({ ...roomScenario.shape, ntfs: 0 })
    const image = makeRoot(folder)
    editTable(whole, [
      {
        kind: 'add',
        slot: 3,
        guid: rootGuid,
        typeGuid: partitionType.linuxRootX64,
        start: job.start,
        blocks: from / 512,
        attributes: '0000000000000000',
        name: 'root',
      },
    ])
    load(whole, image)
    const shrunk = clone(whole)
    await shrink(folder, image, shrunk)
    load(shrunk, image)
    await leaveRecord(shrunk)
    return { whole, shrunk }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Only what differs is written: pages that nobody wrote cost nothing. */
function load(world: World, image: string): void {
  const disk = onlyDisk(world)
  const data = readFileSync(image)
  const piece = 16 * KiB
  for (let at = 0; at < data.length; at += piece) {
    const wanted = data.subarray(at, at + piece)
    if (!wanted.equals(expectOk(disk.read(start + at, wanted.length))))
      expectOk(disk.write(start + at, wanted))
  }
}

async function shrink(folder: string, image: string, world: World): Promise<void> {
  expectOk(
    await shrinkOffline({
      job,
      fileSystem: 'ext4',
      mark: { phase: 'prepare', starts: 0 },
      overlay: fileOverlay(image, join(folder, 'store')),
      setPhase: () => done,
      takeLead: async () => done,
      shrinkPartition: async () => {
        editTable(world, [{ kind: 'resize', slot: 3, guid: rootGuid, blocks: job.to / 512 }])
        return done
      },
    }),
  )
}

function editTable(world: World, edits: readonly GptEdit[]): void {
  const disk = onlyDisk(world)
  const table = expectOk(parseGpt(expectOk(readEnds(disk))))
  for (const write of gptWrites(expectOk(editGpt(table, edits))))
    expectOk(disk.write(write.lba * disk.sectorSize, write.data))
}

/** What is on the ESP when the stage has ended and nobody has asked how. */
async function leaveRecord(world: World): Promise<void> {
  const platform = expectOk(openOn(partsOf(world)))
  const tree = expectOk(await platform.openBootVolume(diskGuid as never, espGuid as never))
  for (const path of [roomFolder, stageFolder]) expectOk(await tree.makeFolder(path))
  for (const [path, text] of [
    [roomPath(job.partition), roomNote(job, '')],
    [`${stageFolder}/job.json`, JSON.stringify(job)],
    [`${stageFolder}/mark`, markText({ phase: 'done', starts: 1 })],
  ] as const)
    expectOk(await tree.create(path, sourceOf(new TextEncoder().encode(text))))
  expectOk(await tree.sync())
  expectOk(await tree.close())
}

const fileOf = (number: number) => pattern(100 + number, (number % 32) * 3 * KiB + number)
const files = Array.from({ length: 120 }, (_, number) => number).filter((number) => number % 3 !== 0)

/** Files all over the volume: those between them are removed again. */
function makeRoot(folder: string): string {
  const image = join(folder, 'root.img')
  const content = join(folder, 'content')
  mkdirSync(content)
  for (let number = 0; number < 120; number += 1) writeFileSync(join(content, `${number}`), fileOf(number))
  writeFileSync(image, '')
  truncateSync(image, from)
  tool('mke2fs', ['-q', '-F', '-t', 'ext4', '-b', '4096', '-m', '0', '-J', 'size=4', '-d', content, image])
  const commands = join(folder, 'commands')
  writeFileSync(commands, Array.from({ length: 40 }, (_, i) => `rm /${3 * i}\n`).join(''))
  tool('debugfs', ['-w', '-f', commands, image])
  return image
}

const judged = new Map<string, string | null>()

/** What is wrong with the root by other people's tools: sound, as long as it was, every file equal; null when nothing is. */
export function faultOfRoot(disk: BytesAt): string | null {
  const data = disk.read(start, from)
  const key = createHash('sha1').update(data).digest('hex')
  const known = judged.get(key)
  if (known !== undefined) return known
  const fault = judgeRoot(data)
  judged.set(key, fault)
  return fault
}

function judgeRoot(data: Buffer): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'berth-root-'))
  try {
    const image = join(folder, 'root.img')
    const seen = join(folder, 'seen')
    writeFileSync(image, data)
    mkdirSync(seen)
    tool('e2fsck', ['-f', '-n', image])
    const blocks = /^Block count:\s+(\d+)/m.exec(tool('dumpe2fs', ['-h', image]).toString())?.[1]
    if (Number(blocks) * 4096 !== from) return `a file system of ${blocks} blocks`
    tool('debugfs', ['-R', `rdump / ${seen}`, image])
    const names = readdirSync(seen).filter((name) => name !== 'lost+found')
    if (names.length !== files.length) return `${names.length} files`
    const wrong = files.find((number) => !readFileSync(join(seen, `${number}`)).equals(fileOf(number)))
    return wrong === undefined ? null : `file ${wrong} differs`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
