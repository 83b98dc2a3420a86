import { done, fail, ok, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { StepTools } from '../ports/step.ts'
import { onBootVolume } from './on-boot-volume.ts'
import { leaveFirmware } from './stage-firmware.ts'
import {
  findStageOn,
  isStageOf,
  refuseHalfWay,
  removeEmptyRoomFolder,
  removeStageFiles,
} from './stage-files.ts'

type Args = StepOf<'clear-stage'>

/**
 * Takes the stage out of the firmware, then its files away. Never while it is half-way (`run-open`): then it alone can
 * make the volume whole again. Another stage's job in its place stays (`not-ours`). Can be repeated after a cut.
 */
export async function clearStage(tools: StepTools, args: Args): Promise<Result<readonly string[]>> {
  const allowed = await onBootVolume(tools, args.target, (tree) => requireOwn(tree, args))
  if (!allowed.ok) return allowed
  const left = await leaveFirmware(tools.platform.firmware, args.job)
  if (!left.ok) return left
  const gone = await onBootVolume(tools, args.target, removeAll)
  return gone.ok ? ok([]) : gone
}

async function requireOwn(tree: FileTree, { job }: Args): Promise<Result<void>> {
  const found = await findStageOn(tree)
  if (!found.ok || found.value === null) return found.ok ? done : found
  const waits = refuseHalfWay(found.value.mark)
  if (!waits.ok) return waits
  return isStageOf(found.value, job) ? done : fail('not-ours', { what: found.value.job.release })
}

async function removeAll(tree: FileTree): Promise<Result<void>> {
  const gone = await removeStageFiles(tree)
  const parent = gone.ok ? await removeEmptyRoomFolder(tree) : gone
  return parent.ok ? tree.sync() : parent
}
