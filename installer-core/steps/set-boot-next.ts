import { z } from 'zod'
import { fail, ok } from '../base/result.ts'
import type { Step } from '../ports/step.ts'
import {
  bootNextName,
  bootVariable,
  deleteVariable,
  hex4,
  numbersToBytes,
  readNext,
  readVariable,
  writeVariable,
} from './variables.ts'

/** BootNext as it was. */
export const nextBeforeSchema = z.strictObject({ next: z.int().nullable() })
export type NextBefore = z.infer<typeof nextBeforeSchema>

/** Chooses the system of the next start, and of no later one. */
export const setBootNext: Step<'set-boot-next', NextBefore> = {
  kind: 'set-boot-next',
  describe: (args) => ({ code: args.kind, facts: { entry: hex4(args.entry) } }),
  async prepare({ platform }, args) {
    const entry = await readVariable(platform.firmware, bootVariable(args.entry))
    if (!entry.ok) return entry
    if (entry.value === null) return fail('not-found', { what: `Boot${hex4(args.entry)}` })
    const next = await readNext(platform.firmware)
    return next.ok ? ok({ next: next.value }) : next
  },
  apply: ({ platform }, args) => writeVariable(platform.firmware, bootNextName, numbersToBytes([args.entry])),
  async verify({ platform }, args) {
    const next = await readNext(platform.firmware)
    if (!next.ok) return next
    if (next.value !== args.entry) return fail('firmware-variable-lost', { what: bootNextName.name })
    return ok([{ code: 'next-start-set', facts: { entry: hex4(args.entry) } }])
  },
  async undo({ platform }, args, record) {
    const next = await readNext(platform.firmware)
    if (!next.ok || next.value !== args.entry) return next.ok ? ok([]) : next
    const former = record?.next ?? null
    const restored =
      former === null
        ? await deleteVariable(platform.firmware, bootNextName)
        : await writeVariable(platform.firmware, bootNextName, numbersToBytes([former]))
    return restored.ok ? ok([]) : restored
  },
}
