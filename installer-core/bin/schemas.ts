import { z } from 'zod'
import { checkSchema } from '../model/check.ts'
import {
  catalogueFetchSchema,
  catalogueListSchema,
  catalogueMakeSchema,
  catalogueShowSchema,
  catalogueVerifySchema,
} from '../model/catalogue-answers.ts'
import { signedCatalogueSchema, signedRootSchema, signedTimestampSchema } from '../model/catalogue.ts'
import { choicesSchema } from '../model/choices.ts'
import { failureDocumentSchema } from '../model/failure-document.ts'
import { journalRecordSchema } from '../model/journal.ts'
import { machineSchema, rawFactsSchema } from '../model/machine.ts'
import { ownershipManifestSchema } from '../model/manifest.ts'
import { networksDocumentSchema } from '../model/networks.ts'
import { planSchema } from '../model/plan.ts'
import { releaseManifestSchema } from '../model/release.ts'
import { reportSchema, runEventSchema } from '../model/report.ts'
import { secondOpinionsSchema } from '../model/second-opinion.ts'
import { makeRoomSchema, stageJobSchema, stageMarkSchema } from '../model/stage.ts'
import { statusSchema } from '../model/status.ts'
import { packageChangesSchema } from '../system/desktop/software-list.ts'
import { practiceBootSchema } from '../practice/boot-schema.ts'
import { thisPcSchema } from '../model/this-pc.ts'

/** Every document Berth reads or writes, by the name `berth schema NAME` takes. */
export const schemas: Readonly<Record<string, z.ZodType>> = {
  catalogue: signedCatalogueSchema,
  'catalogue-fetch': catalogueFetchSchema,
  'catalogue-list': catalogueListSchema,
  'catalogue-make': catalogueMakeSchema,
  'catalogue-root': signedRootSchema,
  'catalogue-show': catalogueShowSchema,
  'catalogue-timestamp': signedTimestampSchema,
  'catalogue-verify': catalogueVerifySchema,
  check: checkSchema,
  choices: choicesSchema,
  event: runEventSchema,
  failure: failureDocumentSchema,
  facts: rawFactsSchema,
  journal: journalRecordSchema,
  machine: machineSchema,
  'make-room': makeRoomSchema,
  manifest: ownershipManifestSchema,
  networks: networksDocumentSchema,
  'package-changes': packageChangesSchema,
  plan: planSchema,
  'practice-boot': practiceBootSchema,
  release: releaseManifestSchema,
  report: reportSchema,
  'second-opinions': secondOpinionsSchema,
  'stage-job': stageJobSchema,
  'stage-mark': stageMarkSchema,
  status: statusSchema,
  'this-pc': thisPcSchema,
}

/** JSON Schema (draft 2020-12) of a document, as people write it: what has a default may be left out. */
export function jsonSchema(name: string): object | null {
  const schema = schemas[name]
  return schema ? z.toJSONSchema(schema, { io: 'input' }) : null
}
