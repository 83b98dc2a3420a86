import { readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { attempt } from '../adapters/disk-image/io-failure.ts'
import { openVariableFile } from '../adapters/disk-image/variable-file.ts'
import { EfiVariables } from '../adapters/linux/efi-variables.ts'
import { variablesFolder } from '../adapters/linux/linux-places.ts'
import { jsonIn } from '../base/json.ts'
import { done, fail, malformed, ok, type Result } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import { stageFolder, stageJobSchema, type StageJob, type StageMark } from '../model/stage.ts'
import { roomPath } from '../model/room.ts'
import { bytesToNumbers, readVariable } from '../steps/variables.ts'
import { dmOverlay } from './dm-overlay.ts'
import { roomNote } from './note-room.ts'
import { shrinkOffline } from './shrink-offline.ts'
import {
  armStage,
  isStageEntry,
  leaveFirmware,
  leaveUnlessLeading,
  takeLead,
} from '../steps/stage-firmware.ts'
import { findVolume, openOwnVolume, requireAtRest, shrinkPartition, stagePlaces } from './stage-disks.ts'
import { readStageMark, writeStageMark } from './stage-mark.ts'

/** What the stage says on the way: keys of the sentence table. */
export type StageWord =
  'stage.began' | 'stage.done' | 'stage.refused' | 'stage.again' | `stage.phase.${StageMark['phase']}`

/** So often it begins the work anew after a cut before it gives up: something else than a cut is wrong then. */
const maxStarts = 8
const firmware = new EfiVariables({
  folder: variablesFolder(stagePlaces),
  access: 'read-write',
  onChange: () => undefined,
})

/**
 * The offline stage's whole work, as the only program of its own start of the PC. First of all the stage is made the next
 * start once more, so that a cut leads back here; that is taken back last. Fails when it has to come again, or when there
 * is nothing for it to do.
 */
export async function runStage(say: (word: StageWord) => void): Promise<Result<void>> {
  const current = await readVariable(firmware, { vendor: vendor.global, name: 'BootCurrent' })
  if (!current.ok) return current
  const entry = bytesToNumbers(current.value?.data ?? new Uint8Array())[0]
  if (entry === undefined) return fail('not-found', { what: 'BootCurrent' })
  const armed = await armStage(firmware, entry)
  say('stage.began')
  const volume = await openOwnVolume(firmware)
  if (!volume.ok) return letGo(entry, volume, say)
  const folder = join(volume.value.folder, stageFolder)
  const result = await work(folder, entry, armed, say)
  await volume.value.release()
  return result
}

/** A stage that cannot read what it is to do, or how far it is, comes again only while the volume may be half-way. */
async function letGo(
  entry: number,
  why: Result<never>,
  say: (word: StageWord) => void,
): Promise<Result<never>> {
  const left = await leaveUnlessLeading(firmware, entry)
  say(left.ok && left.value ? 'stage.refused' : 'stage.again')
  return why
}

async function work(
  folder: string,
  entry: number,
  armed: Result<void>,
  say: (word: StageWord) => void,
): Promise<Result<void>> {
  const read = readJob(folder)
  if (!read.ok) return letGo(entry, read, say)
  const { job, mark } = read.value
  const ended = mark.phase === 'done' || mark.phase === 'refused'
  const worked = ended ? done : await shrink(folder, job, mark, entry, armed, say)
  const now = readStageMark(join(folder, 'mark'))
  if (!now.ok) return letGo(entry, now, say)
  let last = now.value
  if (!worked.ok && last.phase === 'prepare') {
    last = { ...last, phase: 'refused', failure: worked.failure.code }
    const noted = writeStageMark(join(folder, 'mark'), last)
    if (!noted.ok) return noted
  }
  if (last.phase !== 'done' && last.phase !== 'refused') {
    say('stage.again')
    return worked
  }
  const noted = last.phase === 'done' ? writeRoom(folder, job) : done
  // Whatever became of the record: the PC has to start its own system again.
  const left = await leaveFirmware(firmware, job)
  if (!left.ok) return left
  for (const name of ['store', 'stage.efi']) rmSync(join(folder, name), { force: true })
  say(`stage.${last.phase}`)
  return noted.ok ? worked : noted
}

/** What `berth undo` gives the room back by: on the boot volume before anything of the stage goes. */
function writeRoom(folder: string, job: StageJob): Result<void> {
  const file = openVariableFile(join(folder, '..', basename(roomPath(job.partition))), new Uint8Array())
  const earlier = file.read()
  if (!earlier.ok) return earlier
  return file.replace(new TextEncoder().encode(roomNote(job, new TextDecoder().decode(earlier.value))))
}

async function shrink(
  folder: string,
  job: StageJob,
  mark: StageMark,
  entry: number,
  armed: Result<void>,
  say: (word: StageWord) => void,
): Promise<Result<void>> {
  const path = join(folder, 'mark')
  const started = { ...mark, starts: mark.starts + 1 }
  const noted = writeStageMark(path, started)
  if (!noted.ok) return noted
  const sane = mark.phase === 'prepare' ? await requireSane(job, started, entry, armed) : done
  if (!sane.ok) return sane
  const found = await findVolume(job)
  if (!found.ok) return found
  const fileSystem = await requireAtRest(found.value, mark)
  found.value.close()
  if (!fileSystem.ok) return fileSystem
  say(`stage.phase.${mark.phase}`)
  return shrinkOffline({
    job,
    fileSystem: fileSystem.value,
    mark: started,
    overlay: dmOverlay({ origin: found.value.kernel.path, size: job.from, store: join(folder, 'store') }),
    setPhase: (phase) => {
      const written = writeStageMark(path, { ...started, phase })
      if (written.ok) say(`stage.phase.${phase}`)
      return written
    },
    takeLead: () => takeLead(firmware, job.entry),
    shrinkPartition: () => shrinkPartition(job),
  })
}

/** What has to be true before the volume is touched for the first time. */
async function requireSane(
  job: StageJob,
  { starts }: StageMark,
  entry: number,
  armed: Result<void>,
): Promise<Result<void>> {
  if (!armed.ok) return armed
  if (starts > maxStarts) return fail('io-failed', { what: 'offline stage', where: `start ${starts}` })
  const isOwn = await isStageEntry(firmware, job)
  if (!isOwn.ok) return isOwn
  if (!isOwn.value || entry !== job.entry) return fail('not-ours', { what: `Boot entry ${entry}` })
  return done
}

function readJob(folder: string): Result<{ readonly job: StageJob; readonly mark: StageMark }> {
  const mark = readStageMark(join(folder, 'mark'))
  if (!mark.ok) return mark
  return attempt('read', folder, () => {
    const parsed = stageJobSchema.safeParse(jsonIn(readFileSync(join(folder, 'job.json'), 'utf8')))
    if (!parsed.success) return malformed('stage job', 'content', 0, 'a job', 'something else')
    return ok({ job: parsed.data, mark: mark.value })
  })
}
