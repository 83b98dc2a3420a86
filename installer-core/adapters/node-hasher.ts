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
