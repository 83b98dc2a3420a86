import { z } from 'zod'
import { bytesSchema, releaseIdSchema } from './primitives.ts'
import { catalogueReleaseSchema, rootIdSchema } from './catalogue.ts'
import { failureDocumentSchema } from './failure-document.ts'

const version = z.int().min(1)

/** What is known of a catalogue beside its releases. */
const catalogueFactsSchema = z.strictObject({
  root: rootIdSchema,
  version,
  expires: z.string(),
  /** It is signed with this user's own keys; nobody else vouches for it. */
  own: z.boolean(),
  sources: z.array(z.string()),
  /** When it was fetched; null: just looked at. */
  fetched: z.string().nullable(),
})

/** `berth catalogue list --json`. */
export const catalogueListSchema = z.strictObject({
  schema: z.literal('berth/catalogue-list/1'),
  catalogues: z.array(catalogueFactsSchema),
  releases: z.array(
    catalogueReleaseSchema
      .pick({
        id: true,
        channel: true,
        name: true,
        version: true,
        architecture: true,
        about: true,
        needs: true,
      })
      .extend({
        size: bytesSchema,
        /** Bytes that are still to be fetched. */
        missing: bytesSchema,
      }),
  ),
})

/** `berth catalogue show --json`. */
export const catalogueShowSchema = z.strictObject({
  schema: z.literal('berth/catalogue-show/1'),
  catalogue: catalogueFactsSchema,
  release: catalogueReleaseSchema,
  missing: bytesSchema,
})

/** `berth catalogue fetch --json`. */
export const catalogueFetchSchema = z.strictObject({
  schema: z.literal('berth/catalogue-fetch/1'),
  catalogue: catalogueFactsSchema,
  /** The release that is here now with all its files; null when only the catalogue was asked for. */
  release: releaseIdSchema.nullable(),
})

/** `berth catalogue verify --json`. */
export const catalogueVerifySchema = z.strictObject({
  schema: z.literal('berth/catalogue-verify/1'),
  catalogue: catalogueFactsSchema,
  releases: z.array(z.strictObject({ id: releaseIdSchema, failure: failureDocumentSchema.nullable() })),
})

/** `berth catalogue make --json`. */
export const catalogueMakeSchema = z.strictObject({
  schema: z.literal('berth/catalogue-make/1'),
  folder: z.string(),
  root: rootIdSchema,
  version,
  expires: z.string(),
  timestampVersion: version,
  timestampExpires: z.string(),
  releases: z.array(releaseIdSchema),
})

export type CatalogueFacts = z.infer<typeof catalogueFactsSchema>
export type CatalogueList = z.infer<typeof catalogueListSchema>
export type CatalogueShow = z.infer<typeof catalogueShowSchema>
export type CatalogueFetch = z.infer<typeof catalogueFetchSchema>
export type CatalogueVerify = z.infer<typeof catalogueVerifySchema>
export type CatalogueMake = z.infer<typeof catalogueMakeSchema>
