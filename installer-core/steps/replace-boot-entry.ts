import { fromHex, toHex } from '../base/guid.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { Evidence } from '../model/report.ts'
import type { StepOf } from '../model/plan.ts'
import type { Step, StepTools } from '../ports/step.ts'
import type { Nothing } from './shrink-volume.ts'
import { bootVariable, deleteVariable, hex4, readVariable, writeVariable } from './variables.ts'

type Args = StepOf<'replace-boot-entry'>

/** Puts one Boot#### of Berth's back as it was written, or removes one that is there twice. */
export const replaceBootEntry: Step<'replace-boot-entry', Nothing> = {
  kind: 'replace-boot-entry',
  describe: (args) => ({ code: args.kind, facts: { entry: hex4(args.entry) } }),
  async prepare(tools, args) {
    const found = await entryNow(tools, args)
    if (!found.ok) return found
    if (found.value === args.before) return ok(null)
    return fail('identity-changed', { what: name(args), required: 'as planned', found: 'another content' })
  },
  apply: ({ platform }, args) =>
    args.after === null
      ? deleteVariable(platform.firmware, bootVariable(args.entry))
      : writeVariable(platform.firmware, bootVariable(args.entry), fromHex(args.after)),
  verify,
  async undo(tools, args) {
    const found = await entryNow(tools, args)
    if (!found.ok || found.value === args.before) return found.ok ? ok([]) : found
    if (found.value !== null && found.value !== args.after)
      return ok([`boot entry ${hex4(args.entry)} (it is not Berth's any more)`])
    const variable = bootVariable(args.entry)
    const restored = await writeVariable(tools.platform.firmware, variable, fromHex(args.before))
    return restored.ok ? ok([]) : restored
  },
}

async function verify(tools: StepTools, args: Args): Promise<Result<readonly Evidence[]>> {
  const found = await entryNow(tools, args)
  if (!found.ok) return found
  if (found.value !== args.after) return fail('read-back-differs', { what: name(args), where: 'firmware' })
  const code = args.after === null ? 'entry-dropped' : 'entry-there'
  return ok([{ code, facts: { entry: hex4(args.entry) } }])
}

async function entryNow({ platform }: StepTools, { entry }: Args): Promise<Result<string | null>> {
  const found = await readVariable(platform.firmware, bootVariable(entry))
  if (!found.ok) return found
  return ok(found.value === null ? null : toHex(found.value.data))
}

function name({ entry }: Args): string {
  return `Boot${hex4(entry)}`
}
