import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { malformed, ok, type Result } from '../base/result.ts'
import { predictMeasurements } from '../check/prove-measurements.ts'
import {
  bits,
  element,
  integer,
  nothing,
  numbered,
  oid,
  octets,
  sequence,
  set,
  utcTime,
  utf8,
} from '../formats/der/write-der.ts'
import { signImage, type ImageSigner } from '../formats/pe/sign-image.ts'
import { describeImage } from './describe-image.ts'
import type { NewRelease } from './make-release.ts'

/** Signs EFI images; `sha256` names the certificate as a release's manifest does. */
export interface SecureBootSigner extends ImageSigner {
  readonly certificateSha256: string
}

const keyFile = 'db.key'
const certificateFile = 'db.crt'
const commonName = 'Berth development, Secure Boot'
const keyBits = 2048
const years = 10
const dayMs = 86_400_000

/**
 * The Secure Boot key in a folder: `db.key` and `db.crt`, both PEM, RSA. Both are made when neither is there, the key
 * readable by its owner alone: for development; a PC starts what it signed once its owner has put `db.crt` into the
 * firmware. `malformed` when one is missing or they do not belong together.
 */
export async function secureBootSigner(folder: string, now: Date): Promise<Result<SecureBootSigner>> {
  const [keyPath, certificatePath] = [join(folder, keyFile), join(folder, certificateFile)]
  if (!existsSync(keyPath) && !existsSync(certificatePath)) await makeKeys(folder, now)
  const wrong = malformed(
    'Secure Boot key',
    folder,
    0,
    `${keyFile} and ${certificateFile}, RSA, in PEM`,
    'something else',
  )
  try {
    const key = createPrivateKey(await readFile(keyPath))
    const certificate = new X509Certificate(await readFile(certificatePath))
    const isPair = key.asymmetricKeyType === 'rsa' && certificate.checkPrivateKey(key)
    return isPair ? ok(makeImageSigner(key, new Uint8Array(certificate.raw))) : wrong
  } catch {
    return wrong
  }
}

/** A loader as it goes into a release, and what the manifest says of it under Secure Boot and to a TPM. */
export interface ReleaseLoader {
  readonly image: Uint8Array
  readonly measurements: NonNullable<NewRelease['measurements']>
  readonly secureBoot: NewRelease['secureBoot']
}

/** Signs a loader with the keys of a folder (`secureBootSigner`); without a folder it stays as it is. */
export async function signLoader(
  image: Uint8Array,
  keys: string | undefined,
): Promise<Result<ReleaseLoader>> {
  const signer = keys === undefined ? ok(null) : await secureBootSigner(keys, new Date())
  if (!signer.ok) return signer
  const signed = signer.value === null ? ok(image) : signImage(image, signer.value)
  if (!signed.ok) return signed
  const signers = signer.value === null ? [] : [signer.value.certificateSha256]
  const secureBoot = describeImage(signed.value, signers)
  if (!secureBoot.ok) return secureBoot
  // No system that Berth builds measures boot phases: their initrds are BusyBox, and the desktop masks those units.
  const measurements = predictMeasurements(signed.value, nodeHasher)
  if (!measurements.ok) return measurements
  return ok({ image: signed.value, secureBoot: secureBoot.value, measurements: measurements.value })
}

function makeImageSigner(key: KeyObject, certificate: Uint8Array): SecureBootSigner {
  return {
    certificate,
    certificateSha256: createHash('sha256').update(certificate).digest('hex'),
    sha256: (parts) => {
      const hash = createHash('sha256')
      for (const part of parts) hash.update(part)
      return new Uint8Array(hash.digest())
    },
    // An RSA key's default padding is the one that is wanted, RSASSA-PKCS1-v1_5.
    sign: (data) => new Uint8Array(sign('sha256', data, key)),
  }
}

/** The certificate gets its name last: where it is, the key is too. */
async function makeKeys(folder: string, now: Date): Promise<void> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: keyBits })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const certificate = join(folder, certificateFile)
  await writeFile(`${certificate}.new`, pem(selfSigned(privateKey, now)))
  await writeFile(join(folder, keyFile), privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
    flag: 'wx',
  })
  await rename(`${certificate}.new`, certificate)
}

function pem(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

/** A certificate over its own key (RFC 5280, 4.1) that may sign code and nothing below it. */
function selfSigned(key: KeyObject, now: Date): Uint8Array {
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nothing())
  const name = sequence(set(sequence(oid('2.5.4.3'), utf8(commonName))))
  const until = new Date(now.getTime() + years * 365 * dayMs)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const body = sequence(
    numbered(0, integer(Uint8Array.of(2)), 'constructed'),
    integer(new Uint8Array(randomBytes(16))),
    algorithm,
    name,
    sequence(utcTime(now.toISOString()), utcTime(until.toISOString())),
    name,
    new Uint8Array(publicKey),
    numbered(3, sequence(...extensions()), 'constructed'),
  )
  return sequence(body, algorithm, bits(new Uint8Array(sign('sha256', body, key))))
}

/** RFC 5280, 4.2.1: key usage (digital signature), extended key usage (code signing), basic constraints (no authority). */
function extensions(): readonly Uint8Array[] {
  const critical = element(0x01, Uint8Array.of(0xff))
  const digitalSignature = Uint8Array.of(0x03, 0x02, 0x07, 0x80)
  return [
    sequence(oid('2.5.29.15'), critical, octets(digitalSignature)),
    sequence(oid('2.5.29.37'), octets(sequence(oid('1.3.6.1.5.5.7.3.3')))),
    sequence(oid('2.5.29.19'), critical, octets(sequence())),
  ]
}
