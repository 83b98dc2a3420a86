import { done, fail, ok, type Result } from '../base/result.ts'
import { systemEsp, type Place } from '../check/locate.ts'
import { sortedFindings } from '../check/finding.ts'
import type { Machine } from '../model/machine.ts'
import { isOfflineStage, stageFolder, type FoundStage, type StageMark } from '../model/stage.ts'
import { makeClearRoomPlan, makeRoomPlan } from '../plan/make-room-plan.ts'
import type { HashText, Planned } from '../plan/plan-outcome.ts'
import { planStage, stageFindings, type RoomWish } from '../plan/plan-stage.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { findStageOn, hasEnded, isHalfWay } from '../steps/stage-files.ts'
import { bootNextName } from '../steps/variables.ts'

/** A PC that was looked at, to be read from. */
export interface SeenPc {
  readonly platform: Pick<Platform, 'openDisk' | 'openBootVolume'>
  readonly machine: Machine
}

/** The offline stage on the boot volume; null when there is none, or no boot volume. `malformed` when it is damaged. */
export async function findStage({ platform, machine }: SeenPc): Promise<Result<FoundStage | null>> {
  const boot = systemEsp(machine)
  return boot === null ? ok(null) : onVolume(platform, boot, findStageOn)
}

/**
 * The plan to make room by one start into the offline stage, and what keeps that start from being possible. Refused with
 * `unsupported` when the release is no offline stage, `run-open` while a stage is half-way, `already-exists` while one waits, `busy` while another start is chosen, and by
 * everything that `planStage` refuses.
 */
export async function planRoom(
  pc: SeenPc,
  wish: RoomWish,
  release: OpenRelease,
  sha256: HashText,
): Promise<Result<Planned>> {
  const { machine } = pc
  const isStage = requireStage(release)
  if (!isStage.ok) return isStage
  const findings = stageFindings(machine, release)
  if (findings.some(({ severity }) => severity === 'blocker'))
    return ok({ machine, plan: null, issues: sortedFindings(findings) })
  const former = await findStage(pc)
  if (!former.ok) return former
  const mark = former.value?.mark ?? null
  if (mark !== null && isHalfWay(mark)) return halfWay(mark)
  if (mark !== null && !hasEnded(mark)) return fail('already-exists', { what: stageFolder })
  if (machine.firmware.bootNext !== null) return fail('busy', { what: bootNextName.name })
  const room = await planStage(pc.platform, machine, wish, release)
  if (!room.ok) return room
  return ok({ machine, ...makeRoomPlan(machine, room.value, release, findings, sha256) })
}

/** The plan to take the stage away again: `not-found` when there is none, `run-open` while it is half-way. */
export async function planClearRoom(pc: SeenPc, sha256: HashText): Promise<Result<Planned>> {
  const { machine } = pc
  const found = await findStage(pc)
  if (!found.ok) return found
  const boot = systemEsp(machine)
  if (found.value === null || boot === null) return fail('not-found', { what: stageFolder })
  if (isHalfWay(found.value.mark)) return halfWay(found.value.mark)
  return ok({ machine, ...makeClearRoomPlan(machine, boot, found.value, sha256) })
}

function requireStage({ manifest }: OpenRelease): Result<void> {
  return isOfflineStage(manifest)
    ? done
    : fail('unsupported', { what: 'make-room', required: 'an offline stage', found: manifest.id })
}

function halfWay({ phase }: StageMark): Result<never> {
  return fail('run-open', { what: phase, goal: 'make-room' })
}

async function onVolume<T>(
  platform: SeenPc['platform'],
  { disk, partition }: Place,
  work: (tree: FileTree) => Promise<Result<T>>,
): Promise<Result<T>> {
  const tree = await platform.openBootVolume(disk.id, partition.id)
  if (!tree.ok) return tree
  const result = await work(tree.value)
  const closed = await tree.value.close()
  return !result.ok || closed.ok ? result : closed
}
