import { z } from 'zod'
import { fail, ok, type Result } from '../base/result.ts'
import type { Evidence } from '../model/report.ts'
import type { StepOf } from '../model/plan.ts'
import type { Step, StepTools } from '../ports/step.ts'
import { restoreBootOrder, writeOrder } from './boot-order.ts'
import { disarmTrial } from './disarm-trial.ts'
import {
  armedName,
  bootNextName,
  bootVariable,
  hex4,
  numbersToBytes,
  readNext,
  readOrder,
  readVariable,
  sameBytes,
  trialValue,
  writeVariable,
} from './variables.ts'

type Args = StepOf<'arm-trial'>

/** The variables as they were. */
export const armedBeforeSchema = z.strictObject({
  order: z.array(z.int()).readonly().nullable(),
  next: z.int().nullable(),
})
export type ArmedBefore = z.infer<typeof armedBeforeSchema>

/** Lets the next start, and only the next one, be the new system's: BerthArmed, BootOrder where needed, BootNext last. */
export const armTrial: Step<'arm-trial', ArmedBefore> = {
  kind: 'arm-trial',
  describe: (args) => ({
    code: args.kind,
    facts: { entry: hex4(args.entry), release: args.release, listInOrder: args.listInOrder },
  }),
  async prepare({ platform }, args) {
    const entry = await readVariable(platform.firmware, bootVariable(args.entry))
    if (!entry.ok) return entry
    if (entry.value === null) return fail('not-found', { what: `Boot${hex4(args.entry)}` })
    const order = await readOrder(platform.firmware)
    if (!order.ok) return order
    const next = await readNext(platform.firmware)
    return next.ok ? ok({ order: order.value, next: next.value }) : next
  },
  apply,
  verify,
  async undo(tools, args, record) {
    const { bootOrder, bootNext } = tools.manifest.before
    const next = record === null ? bootNext : record.next
    const disarmed = await disarmTrial(tools, { entry: args.entry, nonce: args.nonce, next })
    if (!disarmed.ok || !args.listInOrder) return disarmed
    const former = record === null ? bootOrder : record.order
    const restored = await restoreBootOrder(tools.platform.firmware, args.entry, former)
    return restored.ok ? ok([...disarmed.value, ...restored.value]) : restored
  },
}

async function apply({ platform }: StepTools, args: Args): Promise<Result<void>> {
  const { firmware } = platform
  const armed = await writeVariable(firmware, armedName, trialValue(args.release, args.nonce))
  if (!armed.ok) return armed
  if (args.listInOrder) {
    const order = await readOrder(firmware)
    if (!order.ok) return order
    const others = (order.value ?? []).filter((number) => number !== args.entry)
    const listed = await writeOrder(firmware, order.value, [...others, args.entry])
    if (!listed.ok) return listed
  }
  return writeVariable(firmware, bootNextName, numbersToBytes([args.entry]))
}

async function verify({ platform }: StepTools, args: Args): Promise<Result<readonly Evidence[]>> {
  const { firmware } = platform
  const armed = await readVariable(firmware, armedName)
  if (!armed.ok) return armed
  const expected = trialValue(args.release, args.nonce)
  if (armed.value === null || !sameBytes(armed.value.data, expected))
    return fail('firmware-variable-lost', { what: armedName.name })
  const order = await readOrder(firmware)
  if (!order.ok) return order
  if (args.listInOrder && order.value?.at(-1) !== args.entry)
    return fail('firmware-order-reverted', { what: 'BootOrder' })
  const next = await readNext(firmware)
  if (!next.ok) return next
  if (next.value !== args.entry) return fail('firmware-variable-lost', { what: 'BootNext' })
  return ok([{ code: 'trial-armed', facts: { entry: hex4(args.entry), release: args.release } }])
}
