import { readFileSync } from 'node:fs'
import { keyRingSchema, type SigningKey } from '../../model/key-ring.ts'
import { isRootsOwn } from '../roots-own.ts'

/** Where whoever looks after a computer adds keys of releases of their own: a `berth/keys/1` document. */
export const administratorKeyFile = '/etc/berth/keyring.json'

/**
 * The keys that this computer's administrator trusts. Nothing is taken from a file that anybody but root could have
 * written, nor from one that is no key ring.
 */
export function administratorKeys(
  file = administratorKeyFile,
  isTrusted: (path: string) => boolean = isRootsOwn,
): readonly SigningKey[] {
  if (process.platform !== 'linux' || !isTrusted(file)) return []
  try {
    const parsed = keyRingSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data.keys : []
  } catch {
    return []
  }
}
