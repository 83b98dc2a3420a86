import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { hexSchema } from './primitives.ts'

/** A key that may sign releases. */
export const signingKeySchema = z.strictObject({
  name: z.string().min(1).max(80),
  /** The 32 bytes of an ed25519 public key (RFC 8032), as hex. */
  publicKey: hexSchema.length(64),
  /** Trusted for practice PCs only: what it signs never goes onto a real PC. */
  practiceOnly: z.boolean(),
})

/** The keys Berth trusts: `assets/keys/keyring.json`. */
export const keyRingSchema = z.strictObject({
  schema: z.literal('berth/keys/1'),
  keys: z.array(signingKeySchema),
})

/** `release.json.sig`: a signature over the exact bytes of `release.json`. */
export const releaseSignatureSchema = z.strictObject({
  schema: z.literal('berth/signature/1'),
  algorithm: z.literal('ed25519'),
  /** Which key signed: it must be in the key ring, the document itself proves nothing. */
  publicKey: hexSchema.length(64),
  signature: hexSchema.length(128),
})

export type SigningKey = DeepReadonly<z.infer<typeof signingKeySchema>>
export type KeyRing = DeepReadonly<z.infer<typeof keyRingSchema>>
export type ReleaseSignature = DeepReadonly<z.infer<typeof releaseSignatureSchema>>
