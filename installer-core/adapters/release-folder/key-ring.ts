import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fromHex, toHex } from '../../base/guid.ts'
import { keyRingSchema, type KeyRing, type ReleaseSignature, type SigningKey } from '../../model/key-ring.ts'
import { readAsset } from '../assets.ts'
import { administratorKeys } from './administrator-keys.ts'
import { developmentKeyFile, developmentKeyName } from './development-key-file.ts'

/**
 * The keys this copy of Berth trusts: those that came with the program, those that this computer's administrator added,
 * and, for practice PCs only, this user's own development key when there is one (null: do not look). A broken key ring of
 * the program is a bug, hence thrown.
 */
export function loadKeyRing(developmentKey: string | null = developmentKeyFile()): KeyRing {
  const shipped = keyRingSchema.parse(
    JSON.parse(new TextDecoder().decode(readAsset('keys/keyring.json'))) as unknown,
  )
  const own = developmentKey === null ? null : readDevelopmentKey(developmentKey)
  return { ...shipped, keys: [...shipped.keys, ...administratorKeys(), ...(own === null ? [] : [own])] }
}

/** The key of the ring that a signature names; null when it is not there. */
export function findKey(ring: KeyRing, signature: ReleaseSignature): SigningKey | null {
  return ring.keys.find((key) => key.publicKey === signature.publicKey) ?? null
}

/** True when `key` made this signature over exactly these bytes. */
export function isSignedBy(key: SigningKey, data: Uint8Array, signature: ReleaseSignature): boolean {
  const x = Buffer.from(fromHex(key.publicKey)).toString('base64url')
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, data, publicKey, fromHex(signature.signature))
}

/** A file that is absent or holds no such key adds no trust. */
function readDevelopmentKey(file: string): SigningKey | null {
  try {
    const key = createPublicKey(createPrivateKey(readFileSync(file)))
    if (key.asymmetricKeyType !== 'ed25519') return null
    const publicKey = toHex(Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url'))
    return { name: developmentKeyName, publicKey, practiceOnly: true }
  } catch {
    return null
  }
}
