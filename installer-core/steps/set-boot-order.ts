import { fail, ok } from '../base/result.ts'
import type { Step } from '../ports/step.ts'
import { orderWords, restoreBootOrder, sameOrder, writeOrder } from './boot-order.ts'
import type { Nothing } from './shrink-volume.ts'
import { hex4, readOrder } from './variables.ts'

/** Gives Berth's own entry its place in BootOrder again. Everybody else keeps theirs. */
export const setBootOrder: Step<'set-boot-order', Nothing> = {
  kind: 'set-boot-order',
  describe: (args) => ({
    code: args.kind,
    facts: { entry: hex4(args.entry), order: orderWords(args.after) },
  }),
  async prepare({ platform }, args) {
    const order = await readOrder(platform.firmware)
    if (!order.ok || sameOrder(order.value, args.before)) return order.ok ? ok(null) : order
    return fail('identity-changed', {
      what: 'BootOrder',
      required: orderWords(args.before),
      found: orderWords(order.value),
    })
  },
  async apply({ platform }, args) {
    const order = await readOrder(platform.firmware)
    return order.ok ? writeOrder(platform.firmware, order.value, args.after) : order
  },
  async verify({ platform }, args) {
    const order = await readOrder(platform.firmware)
    if (!order.ok) return order
    const [required, found] = [orderWords(args.after), orderWords(order.value)]
    if (required !== found) return fail('firmware-order-reverted', { what: 'BootOrder', required, found })
    return ok([{ code: 'order-set', facts: { what: 'BootOrder', value: found } }])
  },
  async undo({ platform }, args) {
    const order = await readOrder(platform.firmware)
    if (!order.ok) return order
    if (!sameOrder(order.value, args.after))
      return restoreBootOrder(platform.firmware, args.entry, args.before)
    const written = await writeOrder(platform.firmware, order.value, args.before)
    return written.ok ? ok([]) : written
  },
}
