import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { developmentKeyFile, developmentKeyName } from '../adapters/release-folder/development-key-file.ts'
import { toHex } from '../base/guid.ts'
import { malformed, ok, type Result } from '../base/result.ts'
import type { ReleaseSignature, SigningKey } from '../model/key-ring.ts'

/** Something that signs release manifests: a key, and what is known about it. */
export interface ReleaseSigner {
  readonly key: SigningKey
  sign(data: Uint8Array): ReleaseSignature
}

/** A signer for an ed25519 private key. The same key and bytes always give the same signature (RFC 8032). */
export function makeSigner(name: string, practiceOnly: boolean, privateKey: KeyObject): ReleaseSigner {
  const publicKey = rawPublicKey(createPublicKey(privateKey))
  return {
    key: { name, publicKey, practiceOnly },
    sign: (data) => ({
      schema: 'berth/signature/1',
      algorithm: 'ed25519',
      publicKey,
      signature: toHex(sign(null, data, privateKey)),
    }),
  }
}

/**
 * This user's development key, made on first use; for practice PCs only. The file is readable by its owner alone.
 * `malformed` when the file holds no ed25519 key.
 */
export async function developmentSigner(file = developmentKeyFile()): Promise<Result<ReleaseSigner>> {
  return keySigner(file, developmentKeyName, true)
}

/** A signer for the key in a PEM file, which is made when it is not there. `malformed` when the file holds no such key. */
export async function keySigner(
  file: string,
  name: string,
  practiceOnly: boolean,
): Promise<Result<ReleaseSigner>> {
  if (!existsSync(file)) await makeKey(file)
  const wrong = malformed(name, file, 0, 'an ed25519 private key in PEM', 'something else')
  try {
    const key = createPrivateKey(await readFile(file))
    return key.asymmetricKeyType === 'ed25519' ? ok(makeSigner(name, practiceOnly, key)) : wrong
  } catch {
    return wrong
  }
}

/** A link does not replace: of two processes that make a key at once, the first one's is kept. */
async function makeKey(file: string): Promise<void> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}`
  await writeFile(draft, pem, { mode: 0o600 })
  await link(draft, file).catch((error: unknown) => {
    if (!existsSync(file)) throw error
  })
  await rm(draft, { force: true })
}

function rawPublicKey(key: KeyObject): string {
  return toHex(Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url'))
}
