import { bytes, MiB, type Bytes } from '../base/bytes.ts'
import { fromHex, toHex, type Guid } from '../base/guid.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import type { Place } from '../check/locate.ts'
import { shortFormPath } from '../formats/device-path/short-form.ts'
import { loadOptionAttribute, serialiseLoadOption } from '../formats/load-option/load-option.ts'
import type { Machine } from '../model/machine.ts'
import { stageFolder, type StageJob, type StageMark } from '../model/stage.ts'
import { lowestFreeBootNumber } from '../plan/boot-number.ts'
import type { ByteSource } from '../ports/byte-source.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { sourceOf } from '../steps/byte-sources.ts'
import { bootNextName, bootVariable, readNext, writeVariable } from '../steps/variables.ts'
import { armStage } from './stage-firmware.ts'
import { markText } from './stage-mark.ts'

/** What arming needs, all of it looked at before. */
export interface StagePlan {
  readonly volume: Place
  readonly boot: Place
  readonly to: Bytes
  readonly storeBytes: Bytes
}

/** Kept free on the boot volume beside what the stage writes. */
const spare = 4 * MiB

/** Free bytes that the boot volume must have. */
export function stageRoom({ storeBytes }: StagePlan, release: OpenRelease): number {
  return release.manifest.files.reduce((sum, { size }) => sum + size, storeBytes + spare)
}

/**
 * Writes the stage and its job to the boot volume, the boot entry after them, and BootNext last. A cut before that leaves
 * files and maybe an entry that nothing starts; `clearStage` takes them away. `busy` while another start is chosen already.
 */
export async function armStageFor(
  platform: Platform,
  machine: Machine,
  plan: StagePlan,
  release: OpenRelease,
): Promise<Result<StageJob>> {
  const next = await readNext(platform.firmware)
  if (!next.ok) return next
  // Somebody's choice for the next start, a trial's maybe: it would be lost.
  if (next.value !== null) return fail('busy', { what: bootNextName.name })
  const { disk, partition } = plan.boot
  const job = jobOf(machine, plan, release)
  const tree = await platform.openBootVolume(disk.id, partition.id)
  if (!tree.ok) return tree
  const written = await writeStage(tree.value, plan, release, job)
  const closed = await tree.value.close()
  if (!written.ok) return written
  if (!closed.ok) return closed
  const entry = await writeVariable(platform.firmware, bootVariable(job.entry), fromHex(job.option))
  const armed = entry.ok ? await armStage(platform.firmware, job.entry) : entry
  return armed.ok ? ok(job) : armed
}

function jobOf(
  machine: Machine,
  { volume, boot, to }: StagePlan,
  { manifest, sha256 }: OpenRelease,
): StageJob {
  const location = {
    partitionNumber: boot.partition.slot,
    partitionGuid: boot.partition.id as string as Guid,
    start: boot.partition.start,
    size: boot.partition.blocks,
  }
  const option = serialiseLoadOption({
    attributes: loadOptionAttribute.active,
    description: manifest.name.slice(0, 60),
    paths: [shortFormPath(location, manifest.loader)],
    optionalData: new Uint8Array(),
  })
  return {
    schema: 'berth/stage-job/1',
    disk: volume.disk.id,
    partition: volume.partition.id,
    start: volume.partition.start,
    from: volume.partition.size,
    to,
    entry: lowestFreeBootNumber(machine),
    option: toHex(option),
    release: manifest.id,
    releaseSha256: sha256,
  }
}

async function writeStage(
  tree: FileTree,
  plan: StagePlan,
  release: OpenRelease,
  job: StageJob,
): Promise<Result<void>> {
  const free = await tree.free()
  if (!free.ok) return free
  const required = stageRoom(plan, release)
  if (free.value < required)
    return fail('no-space', { where: plan.boot.partition.id, required, found: free.value })
  const made = await makeFolders(tree)
  if (!made.ok) return made
  const mark: StageMark = { phase: 'prepare', starts: 0 }
  const text = (value: string) => sourceOf(new TextEncoder().encode(value))
  // The job comes first: by it everything else is found and taken away again.
  const files: readonly (readonly [string, () => Promise<Result<ByteSource>>])[] = [
    ['job.json', async () => ok(text(`${JSON.stringify(job)}\n`))],
    ['mark', async () => ok(text(markText(mark)))],
    ['store', async () => ok(zeros(plan.storeBytes))],
    ...release.manifest.files.map(
      (file) => [file.path.slice(stageFolder.length + 1), () => release.openFile(file)] as const,
    ),
  ]
  for (const [name, open] of files) {
    const source = await open()
    if (!source.ok) return source
    const created = await tree.create(`${stageFolder}/${name}`, source.value)
    await source.value.close()
    const kept = created.ok ? await tree.sync() : created
    if (!kept.ok) return kept
  }
  return done
}

async function makeFolders(tree: FileTree): Promise<Result<void>> {
  const names = stageFolder.split('/').slice(1)
  for (let depth = 1; depth <= names.length; depth += 1) {
    const made = await tree.makeFolder(`/${names.slice(0, depth).join('/')}`)
    if (!made.ok) return made
  }
  return done
}

/** Written out, so that the room is there for certain. */
function zeros(size: Bytes): ByteSource {
  let left: number = size
  return {
    size,
    async next() {
      const piece = new Uint8Array(bytes(Math.min(left, MiB)))
      left -= piece.length
      return ok(piece.length === 0 ? null : piece)
    },
    close: async () => undefined,
  }
}
