import { done, fail, ok, type Result } from '../base/result.ts'
import { systemEsp } from '../check/locate.ts'
import { sortedFindings } from '../check/finding.ts'
import type { Machine } from '../model/machine.ts'
import { isOfflineStage, stageFolder, type FoundStage, type StageMark } from '../model/stage.ts'
import { makeClearRoomPlan, makeRoomPlan } from '../plan/make-room-plan.ts'
import type { HashText, Planned } from '../plan/plan-outcome.ts'
import { fullBootVolume, planStage, stageFindings } from '../plan/plan-stage.ts'
import type { RoomWish } from '../plan/room-wish.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { onBootVolume } from '../steps/on-boot-volume.ts'
import { findStageOn, hasEnded, isHalfWay } from '../steps/stage-files.ts'
import { bootNextName } from '../steps/variables.ts'

/** A PC that was looked at, to be read from. */
export interface SeenPc {
  readonly platform: Pick<Platform, 'openDisk' | 'openBootVolume'>
  readonly machine: Machine
}

/** The offline stage on the boot volume; null when there is none, or no boot volume. `malformed` when it is damaged. */
export async function findStage(pc: SeenPc): Promise<Result<FoundStage | null>> {
  const boot = systemEsp(pc.machine)
  if (boot === null) return ok(null)
  return onBootVolume(pc, { disk: boot.disk.id, partition: boot.partition.id }, findStageOn)
}

/**
 * The plan to make room by one start into the offline stage, and what keeps that start from being possible. Refused with
 * `unsupported` when the release is no offline stage, `run-open` while a stage is half-way, `already-exists` while one
 * waits, `busy` while another start is chosen, and by everything that `planStage` refuses; no room on the boot volume is a finding.
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
  const findings = stageFindings(machine, wish, release)
  if (findings.some(({ severity }) => severity === 'blocker'))
    return ok({ machine, plan: null, issues: sortedFindings(findings) })
  const former = await findStage(pc)
  if (!former.ok) return former
  const mark = former.value?.mark ?? null
  if (mark !== null && isHalfWay(mark)) return halfWay(mark)
  if (mark !== null && !hasEnded(mark)) return fail('already-exists', { what: stageFolder })
  if (machine.firmware.bootNext !== null) return fail('busy', { what: bootNextName.name })
  const room = await planStage(pc.platform, machine, wish, release)
  if (!room.ok) {
    const full = fullBootVolume(machine, room.failure)
    return full === null ? room : ok({ machine, plan: null, issues: sortedFindings([...findings, full]) })
  }
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
