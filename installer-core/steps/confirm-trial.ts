import { z } from 'zod'
import { fromHex, toHex } from '../base/guid.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import type { Evidence } from '../model/report.ts'
import type { StepOf } from '../model/plan.ts'
import type { Step, StepTools } from '../ports/step.ts'
import { orderWords, restoreBootOrder, sameOrder, writeOrder } from './boot-order.ts'
import {
  armedName,
  deleteVariable,
  hasNonce,
  hex4,
  readOrder,
  readVariable,
  trialName,
  writeVariable,
} from './variables.ts'

type Args = StepOf<'confirm-trial'>

/** The content of BerthArmed, as hex; null when it was absent. */
export const confirmedBeforeSchema = z.strictObject({ armed: z.string().nullable() })
export type ConfirmedBefore = z.infer<typeof confirmedBeforeSchema>

/** Lists the new system in BootOrder, once it has proven by BerthTrial that it started. BerthArmed goes last. */
export const confirmTrial: Step<'confirm-trial', ConfirmedBefore> = {
  kind: 'confirm-trial',
  describe: (args) => ({
    code: args.kind,
    facts: { entry: hex4(args.entry), order: args.orderAfter.map(hex4).join(',') },
  }),
  async prepare({ platform }, args) {
    const mark = await readVariable(platform.firmware, trialName)
    if (!mark.ok) return mark
    if (mark.value === null || !hasNonce(mark.value.data, args.nonce))
      return fail('trial-unconfirmed', { what: hex4(args.entry) })
    const order = await readOrder(platform.firmware)
    if (!order.ok) return order
    if (!sameOrder(order.value, args.orderBefore))
      return fail('identity-changed', {
        what: 'BootOrder',
        required: orderWords(args.orderBefore),
        found: orderWords(order.value),
      })
    const armed = await readVariable(platform.firmware, armedName)
    return armed.ok ? ok({ armed: armed.value === null ? null : toHex(armed.value.data) }) : armed
  },
  async apply({ platform }, args) {
    const order = await readOrder(platform.firmware)
    if (!order.ok) return order
    const listed = await writeOrder(platform.firmware, order.value, args.orderAfter)
    return listed.ok ? deleteVariable(platform.firmware, armedName) : listed
  },
  verify,
  async undo(tools, args, record) {
    const rearmed = await rearm(tools, args, record)
    if (!rearmed.ok) return rearmed
    return restoreBootOrder(tools.platform.firmware, args.entry, args.orderBefore)
  },
}

async function verify({ platform }: StepTools, args: Args): Promise<Result<readonly Evidence[]>> {
  const order = await readOrder(platform.firmware)
  if (!order.ok) return order
  if (!sameOrder(order.value, args.orderAfter)) {
    return fail('firmware-order-reverted', {
      what: 'BootOrder',
      required: orderWords(args.orderAfter),
      found: orderWords(order.value),
    })
  }
  const armed = await readVariable(platform.firmware, armedName)
  if (!armed.ok) return armed
  if (armed.value !== null) return fail('read-back-differs', { what: armedName.name, where: 'firmware' })
  return ok([{ code: 'trial-confirmed', facts: { entry: hex4(args.entry), order: orderWords(order.value) } }])
}

async function rearm(
  { platform }: StepTools,
  args: Args,
  record: ConfirmedBefore | null,
): Promise<Result<void>> {
  if (record === null || record.armed === null) return done
  const armed = await readVariable(platform.firmware, armedName)
  if (!armed.ok) return armed
  const there = armed.value !== null && hasNonce(armed.value.data, args.nonce)
  return there ? done : writeVariable(platform.firmware, armedName, fromHex(record.armed))
}
