import { z } from 'zod'
import { MiB } from '../base/bytes.ts'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { bytesSchema, hexSchema, releaseIdSchema, sha256Schema } from './primitives.ts'
import { releaseFileSchema, releaseManifestSchema } from './release.ts'

/** Files are checked and fetched in pieces of this many bytes. */
export const pieceSize = 4 * MiB

const versionSchema = z.int().min(1)
const timeSchema = z.iso.datetime()
const publicKeySchema = hexSchema.length(64)
/** Which line of trust a document belongs to: chosen at random when its first root document is made. */
export const rootIdSchema = z.string().regex(/^[0-9a-f]{32}$/)
/** Text of a catalogue: nothing that a terminal or a page would obey. */
const textSchema = z
  .string()
  .min(1)
  .max(400)
  .regex(/^[^\p{C}]*$/u)
/** The same text by language; English is always there. */
export const translationsSchema = z
  .strictObject({ en: textSchema })
  .catchall(textSchema)
  .refine((value) => Object.keys(value).every((name) => /^[a-z]{2}$/.test(name)))

const roleSchema = z.strictObject({
  keys: z.array(publicKeySchema).min(1).max(16),
  /** How many different keys of these must have signed. */
  threshold: z.int().min(1).max(16),
})

/** `root/N.json`: which keys may sign what. The role `root` of this version and of the one before sign it. */
export const catalogueRootSchema = z.strictObject({
  schema: z.literal('berth/catalogue-root/1'),
  root: rootIdSchema,
  version: versionSchema,
  expires: timeSchema,
  roles: z.strictObject({ root: roleSchema, catalogue: roleSchema, timestamp: roleSchema }),
})

/** `timestamp.json`: which catalogue is the current one. Short-lived, so that an old one cannot be served for long. */
export const catalogueTimestampSchema = z.strictObject({
  schema: z.literal('berth/catalogue-timestamp/1'),
  root: rootIdSchema,
  version: versionSchema,
  expires: timeSchema,
  catalogue: z.strictObject({ version: versionSchema, size: bytesSchema, sha256: sha256Schema }),
})

const smallFileSchema = z.strictObject({ size: bytesSchema, sha256: sha256Schema })

/** A file of a release, with what is needed to check each piece of it by itself. */
export const catalogueFileSchema = z.strictObject({
  source: releaseFileSchema.shape.source,
  size: bytesSchema,
  sha256: sha256Schema,
  /** SHA-256 of each piece of `pieceSize` bytes; the last one is shorter. */
  pieces: z.array(sha256Schema).max(1024),
})

export const cataloguePictureSchema = smallFileSchema.extend({
  source: z.string().regex(/^[A-Za-z0-9+\-_]{1,80}\.png$/),
  /** What the picture shows, for those who do not see it. */
  alt: translationsSchema,
})

export const catalogueReleaseSchema = z.strictObject({
  id: releaseIdSchema,
  channel: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  name: releaseManifestSchema.shape.name,
  version: releaseManifestSchema.shape.version,
  architecture: releaseManifestSchema.shape.architecture,
  needs: releaseManifestSchema.shape.needs,
  about: translationsSchema,
  pictures: z.array(cataloguePictureSchema).max(4),
  /** `release.json` and `release.json.sig`: a release is signed by itself, the catalogue only says which there are. */
  manifest: smallFileSchema,
  signature: smallFileSchema,
  files: z.array(catalogueFileSchema).min(1).max(64),
})

/** `catalogue.json`: the releases there are. Lists at most 256. */
export const catalogueSchema = z.strictObject({
  schema: z.literal('berth/catalogue/1'),
  root: rootIdSchema,
  version: versionSchema,
  expires: timeSchema,
  pieceSize: z.literal(pieceSize),
  channels: z
    .array(z.strictObject({ id: catalogueReleaseSchema.shape.channel, name: translationsSchema }))
    .max(16),
  releases: z.array(catalogueReleaseSchema).max(256),
})

/** A signature by one key over the canonical JSON (`base/json.ts`) of `signed`. */
const signatureSchema = z.strictObject({ publicKey: publicKeySchema, signature: hexSchema.length(128) })

/** The envelope of a document of the catalogue. */
function signedSchema<T extends z.ZodType>(signed: T) {
  return z.strictObject({
    schema: z.literal('berth/signed/1'),
    signed,
    signatures: z.array(signatureSchema).min(1).max(32),
  })
}

export const signedRootSchema = signedSchema(catalogueRootSchema)
export const signedTimestampSchema = signedSchema(catalogueTimestampSchema)
export const signedCatalogueSchema = signedSchema(catalogueSchema)

/** `assets/keys/catalogue-roots.json`: the root documents that this copy of Berth begins to trust from. */
export const catalogueRootsSchema = z.strictObject({
  schema: z.literal('berth/catalogue-roots/1'),
  roots: z.array(signedRootSchema),
})

export type CatalogueRoot = DeepReadonly<z.infer<typeof catalogueRootSchema>>
export type CatalogueRole = keyof CatalogueRoot['roles']
export type CatalogueTimestamp = DeepReadonly<z.infer<typeof catalogueTimestampSchema>>
export type Catalogue = DeepReadonly<z.infer<typeof catalogueSchema>>
export type CatalogueRelease = DeepReadonly<z.infer<typeof catalogueReleaseSchema>>
export type CatalogueFile = DeepReadonly<z.infer<typeof catalogueFileSchema>>
export type Translations = DeepReadonly<z.infer<typeof translationsSchema>>

/** A document of the catalogue with its signatures, which are not verified by having this type. */
export interface Signed<T> {
  readonly schema: 'berth/signed/1'
  readonly signed: T
  readonly signatures: readonly { readonly publicKey: string; readonly signature: string }[]
}
