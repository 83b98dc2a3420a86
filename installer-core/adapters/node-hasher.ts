import { createHash } from 'node:crypto'
import type { Hasher } from '../ports/hasher.ts'

/** SHA-256 by Node's own crypto. */
export const nodeHasher: Hasher = {
  sha256() {
    const hash = createHash('sha256')
    return {
      update: (data) => {
        hash.update(data)
      },
      hex: () => hash.digest('hex'),
    }
  },
}

/** SHA-256 of the UTF-8 bytes of a text, as 64 lower-case hex digits. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
