import { z } from 'zod'
import { choicesSchema } from '../model/choices.ts'
import { journalRecordSchema } from '../model/journal.ts'
import { machineSchema, rawFactsSchema } from '../model/machine.ts'
import { ownershipManifestSchema } from '../model/manifest.ts'
import { planSchema } from '../model/plan.ts'
import { releaseManifestSchema } from '../model/release.ts'
import { reportSchema, runEventSchema } from '../model/report.ts'
import { thisPcSchema } from '../model/this-pc.ts'

/** Every document Berth reads or writes, by the name `berth schema NAME` takes. */
export const schemas: Readonly<Record<string, z.ZodType>> = {
  choices: choicesSchema,
  event: runEventSchema,
  facts: rawFactsSchema,
  journal: journalRecordSchema,
  machine: machineSchema,
  manifest: ownershipManifestSchema,
  plan: planSchema,
  release: releaseManifestSchema,
  report: reportSchema,
  'this-pc': thisPcSchema,
}

/** JSON Schema (draft 2020-12) of a document, as people write it: what has a default may be left out. */
export function jsonSchema(name: string): object | null {
  const schema = schemas[name]
  return schema ? z.toJSONSchema(schema, { io: 'input' }) : null
}
