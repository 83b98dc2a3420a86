import { fromHex } from '../base/guid.ts'
import { fail, ok } from '../base/result.ts'
import type { Step } from '../ports/step.ts'
import { removeBootEntry } from './remove-boot-entry.ts'
import type { Nothing } from './shrink-volume.ts'
import { bootVariable, hex4, readVariable, sameBytes, writeVariable } from './variables.ts'

/** Writes one Boot#### under a free number, exactly as it was confirmed. BootOrder stays as it is. */
export const createBootEntry: Step<'create-boot-entry', Nothing> = {
  kind: 'create-boot-entry',
  describe: (args) => ({
    code: args.kind,
    facts: { entry: hex4(args.entry), description: args.description, path: args.path },
  }),
  async prepare({ platform }, args) {
    const found = await readVariable(platform.firmware, bootVariable(args.entry))
    if (!found.ok) return found
    if (found.value !== null) return fail('already-exists', { what: `Boot${hex4(args.entry)}` })
    const free = await platform.firmware.free()
    if (!free.ok) return free
    const required = args.data.length / 2
    if (free.value !== null && free.value < required)
      return fail('firmware-store-full', { required, found: free.value })
    return ok(null)
  },
  apply: ({ platform }, args) =>
    writeVariable(platform.firmware, bootVariable(args.entry), fromHex(args.data)),
  async verify({ platform }, args) {
    const what = `Boot${hex4(args.entry)}`
    const found = await readVariable(platform.firmware, bootVariable(args.entry))
    if (!found.ok) return found
    if (found.value === null) return fail('firmware-variable-lost', { what })
    if (!sameBytes(found.value.data, fromHex(args.data)))
      return fail('read-back-differs', { what, where: 'firmware' })
    return ok([{ code: 'entry-there', facts: { entry: hex4(args.entry), path: args.path } }])
  },
  undo: (tools, args) => removeBootEntry(tools, args),
}
