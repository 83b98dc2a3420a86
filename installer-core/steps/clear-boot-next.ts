import { fail, ok } from '../base/result.ts'
import type { Step } from '../ports/step.ts'
import type { Nothing } from './shrink-volume.ts'
import { bootNextName, deleteVariable, hex4, numbersToBytes, readNext, writeVariable } from './variables.ts'

/** Takes the choice for the next start back, so that the default starts. A choice that somebody else made meanwhile stays. */
export const clearBootNext: Step<'clear-boot-next', Nothing> = {
  kind: 'clear-boot-next',
  describe: (args) => ({ code: args.kind, facts: { entry: hex4(args.entry) } }),
  async prepare({ platform }, args) {
    const next = await readNext(platform.firmware)
    if (!next.ok || next.value === args.entry) return next.ok ? ok(null) : next
    const found = next.value === null ? 'absent' : hex4(next.value)
    return fail('identity-changed', { what: bootNextName.name, required: hex4(args.entry), found })
  },
  apply: ({ platform }) => deleteVariable(platform.firmware, bootNextName),
  async verify({ platform }, args) {
    const next = await readNext(platform.firmware)
    if (!next.ok) return next
    if (next.value !== null) return fail('read-back-differs', { what: bootNextName.name, where: 'firmware' })
    return ok([{ code: 'next-start-cleared', facts: { entry: hex4(args.entry) } }])
  },
  async undo({ platform }, args) {
    const next = await readNext(platform.firmware)
    if (!next.ok || next.value !== null) return next.ok ? ok([]) : next
    const restored = await writeVariable(platform.firmware, bootNextName, numbersToBytes([args.entry]))
    return restored.ok ? ok([]) : restored
  },
}
