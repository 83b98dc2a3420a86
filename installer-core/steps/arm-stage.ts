import { fromHex } from '../base/guid.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import type { Step, StepTools } from '../ports/step.ts'
import { onBootVolume } from './on-boot-volume.ts'
import type { Nothing } from './shrink-volume.ts'
import { armStage, isStageEntry, leaveFirmware } from './stage-firmware.ts'
import { findStageOn, isStageOf, readMark, refuseHalfWay } from './stage-files.ts'
import { bootNextName, bootVariable, hex4, readNext, readVariable, writeVariable } from './variables.ts'
import { hasBegun } from './write-stage.ts'

type Args = StepOf<'arm-stage'>

/**
 * Makes the stage's own boot entry, and chooses it for the next start, last of all. `busy` while another start is chosen
 * already: somebody's choice, a trial's maybe, would be lost.
 */
export const armStageStep: Step<'arm-stage', Nothing> = {
  kind: 'arm-stage',
  describe: ({ kind, job }) => ({ code: kind, facts: { entry: hex4(job.entry), release: job.release } }),
  async prepare({ platform }, { job }) {
    const next = await readNext(platform.firmware)
    if (!next.ok) return next
    if (next.value !== null) return fail('busy', { what: bootNextName.name })
    const found = await readVariable(platform.firmware, bootVariable(job.entry))
    if (!found.ok) return found
    if (found.value !== null) return fail('already-exists', { what: `Boot${hex4(job.entry)}` })
    const free = await platform.firmware.free()
    if (!free.ok) return free
    const required = job.option.length / 2
    if (free.value !== null && free.value < required)
      return fail('firmware-store-full', { required, found: free.value })
    return ok(null)
  },
  async apply({ platform }, { job }) {
    const entry = await writeVariable(platform.firmware, bootVariable(job.entry), fromHex(job.option))
    return entry.ok ? armStage(platform.firmware, job.entry) : entry
  },
  async verify(tools, args) {
    const { job } = args
    const begun = await onBootVolume(tools, args.target, (tree) => hasBegun(tree, args))
    if (!begun.ok) return begun
    const code = begun.value ? 'stage-begun' : 'next-start-set'
    const armed = begun.value ? ok(true) : await isArmed(tools, args)
    if (!armed.ok) return armed
    if (!armed.value) return fail('firmware-variable-lost', { what: bootNextName.name })
    return ok([{ code, facts: { entry: hex4(job.entry), partition: job.partition } }])
  },
  async undo(tools, { target, job }) {
    const mark = await onBootVolume(tools, target, readMark)
    const ended = mark.ok ? refuseHalfWay(mark.value) : mark
    if (!ended.ok) return ended
    const left = await leaveFirmware(tools.platform.firmware, job)
    return left.ok ? ok([]) : left
  },
  async hasHappened(tools, { target, job }) {
    const found = await onBootVolume(tools, target, findStageOn)
    if (!found.ok || found.value === null) return found.ok ? ok(false) : found
    return ok(isStageOf(found.value, job) && found.value.mark.phase === 'done')
  },
}

async function isArmed({ platform }: StepTools, { job }: Args): Promise<Result<boolean>> {
  const entry = await isStageEntry(platform.firmware, job)
  if (!entry.ok || !entry.value) return entry
  const next = await readNext(platform.firmware)
  return next.ok ? ok(next.value === job.entry) : next
}
