import type { Result } from '../../../base/result.ts'
import type { Hasher } from '../../../ports/hasher.ts'
import type { FoundLinuxPartition } from '../linux-disks.ts'
import type { LinuxPlaces } from '../linux-places.ts'

/** What resizing needs of the PC. */
export interface LinuxResizeParts {
  readonly places: LinuxPlaces
  readonly hasher: Hasher
  /** Told after each change that another program made. */
  readonly onChange: () => void
  /** The partition as it is now, opened to write. */
  again(): Promise<Result<FoundLinuxPartition>>
}
