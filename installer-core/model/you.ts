import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'

/** What a release can take over at its first start; `release.json` says which. */
export const credentialKinds = [
  'language',
  'keymap',
  'timezone',
  'hostname',
  'user',
  'full-name',
  'password-hash',
  'wifi',
  'encryption',
] as const
export type CredentialKind = (typeof credentialKinds)[number]

/** A secret that was replaced by its SHA-256, as plans, journals and reports hold it. */
export const sealedSchema = z.string().regex(/^sha256:[0-9a-f]{64}$/)

/** A salted password hash as crypt(5) writes it: sha512crypt or yescrypt. The password itself is never here. */
const passwordHashSchema = z
  .string()
  .max(400)
  .regex(
    /^\$6\$(rounds=\d{1,9}\$)?[./0-9A-Za-z]{8,16}\$[./0-9A-Za-z]{86}$|^\$y\$[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{1,86}\$[./0-9A-Za-z]{43}$/,
  )

/** Names a network of the present system, and the file for the first start; nothing about the network is in it. */
export const networkIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/)

/** A network and the key to it, as a NetworkManager connection file. A line with a random number keeps its seal from being guessed. */
const wifiSchema = z.strictObject({
  name: networkIdSchema,
  profile: z.union([
    sealedSchema,
    z
      .string()
      .max(8192)
      .regex(/^# [0-9a-f]{32}\n[^\0]*$/),
  ]),
})

/** What opens people's files when they are encrypted: what somebody types at each start, or a key that the PC's TPM keeps. */
export const encryptions = ['passphrase', 'tpm'] as const
export type Encryption = (typeof encryptions)[number]

export const userNameSchema = z.string().regex(/^[a-z_][a-z0-9_-]{0,30}$/)
export const hostNameSchema = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)

/** What the new system is to know at its first start, so that it asks nothing. What is absent it asks for itself. */
export const youSchema = z.strictObject({
  /** `de_DE.UTF-8`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(_[A-Z]{2})?(\.UTF-8)?$/)
    .optional(),
  /** A keyboard layout as X names it: `de`, `de-nodeadkeys`, `us(intl)`. */
  keymap: z
    .string()
    .regex(/^[a-z]{2,8}([-+(][a-z0-9_]+\)?)?$/)
    .optional(),
  /** A name of the time zone database: `Europe/Berlin`. */
  timezone: z
    .string()
    .max(64)
    .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/)
    .optional(),
  hostname: hostNameSchema.optional(),
  user: userNameSchema.optional(),
  fullName: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[^\p{C}:,]+$/u)
    .optional(),
  passwordHash: z.union([sealedSchema, passwordHashSchema]).optional(),
  wifi: z.array(wifiSchema).max(16).optional(),
  /** How the data partition is encrypted at the first start; absent: not at all. */
  encryption: z.enum(encryptions).optional(),
})

/** What the present system tells of its user and its ways: nothing secret. */
export const suggestedYouSchema = youSchema.omit({ passwordHash: true, wifi: true, encryption: true })

export type SuggestedYou = DeepReadonly<z.infer<typeof suggestedYouSchema>>
export type You = DeepReadonly<z.infer<typeof youSchema>>
