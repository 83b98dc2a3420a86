import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { graphicsMakers } from './graphics.ts'
import { bootPathSchema, bytesSchema, releaseIdSchema, sha256Schema } from './primitives.ts'
import { credentialKinds } from './you.ts'

/** A file of a release for the boot volume. Each stays under FAT32's 4 GiB limit. */
export const releaseFileSchema = z.strictObject({
  /** Where it lies in the release folder: one plain name. */
  source: z.string().regex(/^[A-Za-z0-9+\-_.]{1,255}$/),
  /** Where it goes on the boot volume. */
  path: bootPathSchema,
  size: bytesSchema,
  sha256: sha256Schema,
})

/** `release.json`: what is signed. Everything an installation needs to know before its first write. */
export const releaseManifestSchema = z.strictObject({
  schema: z.literal('berth/release/1'),
  id: releaseIdSchema,
  name: z.string().min(1).max(80),
  /** Dotted numbers, compared number by number: `2026.11.1`. */
  version: z.string().regex(/^\d+(\.\d+){0,3}$/),
  architecture: z.enum(['x86_64', 'aarch64']),
  /** The file firmware starts: one of `files`. */
  loader: bootPathSchema,
  files: z.array(releaseFileSchema).min(1).max(64),
  needs: z.strictObject({
    /** Free room on a boot volume: two versions. The reserve for firmware updates comes on top. */
    bootSpace: bytesSchema,
    reserve: bytesSchema,
    memory: z.strictObject({ required: bytesSchema, recommended: bytesSchema }),
    firmware: z.array(z.enum(['uefi64', 'uefi32'])).min(1),
    /** A data partition beside the boot partition; null when the release has no use for one. */
    data: z.strictObject({ typeGuid: z.string(), minimum: bytesSchema, recommended: bytesSchema }).nullable(),
    /** What its drivers and firmware are made for; absent: graphics of any kind. */
    graphics: z
      .strictObject({
        makers: z.array(z.enum(graphicsMakers)).min(1).max(graphicsMakers.length),
        /** The release that differs in nothing but this, for graphics by others; absent: there is none. */
        otherwise: releaseIdSchema.optional(),
        /** Newer than its Linux: nothing is shown on them. How their PCI numbers begin, and what they are sold as. */
        notYet: z
          .array(
            z.strictObject({
              pci: z.string().regex(/^[0-9a-f]{4}:[0-9a-f]{0,4}$/),
              name: z.string().min(1).max(60),
            }),
          )
          .max(16)
          .optional(),
      })
      .optional(),
  }),
  secureBoot: z.strictObject({
    /** SHA-256 of the certificates that signed the loader; empty: unsigned, starts only with Secure Boot off. */
    signers: z.array(sha256Schema),
    /** Authenticode SHA-256 of the loader. */
    imageSha256: sha256Schema,
    sbat: z.string(),
  }),
  /** What the PC's TPM tells of a start of this loader; absent: nothing is predicted. */
  measurements: z
    .strictObject({
      /**
       * PCR 11 of the SHA-256 bank: `phases` are those that systemd measured by then (systemd-pcrphase.service(8)), in their
       * order; none: when the stub has handed over to the kernel.
       */
      pcr11: z
        .array(
          z.strictObject({
            phases: z.array(z.string().regex(/^[a-z][a-z-]{0,31}$/)).max(8),
            sha256: sha256Schema,
          }),
        )
        .min(1)
        .max(8),
    })
    .optional(),
  /** What the system takes over at its first start instead of asking; absent: nothing. */
  firstStart: z.strictObject({ takes: z.array(z.enum(credentialKinds)) }).optional(),
  /** For practice PCs and tests only: the installer refuses it on a real PC. */
  practiceOnly: z.boolean(),
})

export type ReleaseFile = DeepReadonly<z.infer<typeof releaseFileSchema>>
export type ReleaseManifest = DeepReadonly<z.infer<typeof releaseManifestSchema>>
