import { createHash } from 'node:crypto'
import { guid, type Guid } from '../../base/guid.ts'

/** Identities that are the same whenever the same template is made with the same seed. */
export interface Identities {
  /** A random-looking GUID (version 4) for a thing of this PC. */
  guid(of: string): Guid
  /** Hex digits for a volume's serial number. */
  hex(of: string, digits: 8 | 16): string
}

/** Identities derived from a seed by SHA-256. */
export function identitiesOf(seed: string): Identities {
  const digest = (of: string) =>
    createHash('sha256').update(`berth practice PC\n${seed}\n${of}`).digest('hex')
  return {
    guid(of) {
      const hex = digest(of)
      return guid(
        [
          hex.slice(0, 8),
          hex.slice(8, 12),
          `4${hex.slice(13, 16)}`,
          `a${hex.slice(17, 20)}`,
          hex.slice(20, 32),
        ].join('-'),
      )
    },
    hex: (of, digits) => digest(of).slice(0, digits),
  }
}
