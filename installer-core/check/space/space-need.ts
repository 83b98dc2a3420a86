import { GiB, KiB, MiB, alignUp, bytes, type Bytes } from '../../base/bytes.ts'
import { parseGuid, type Guid } from '../../base/guid.ts'
import type { Choices } from '../../model/choices.ts'
import type { ReleaseManifest } from '../../model/release.ts'

/** How much is asked for and how little would do, in bytes and multiples of 1 MiB. */
export interface Span {
  readonly wanted: Bytes
  readonly least: Bytes
}

/** The room one release needs on a disk of one sector size. */
export interface SpaceNeed {
  /** Free bytes on a boot volume that exists: two versions and the reserve. */
  readonly onVolume: Bytes
  /** A new boot partition. */
  readonly boot: Span
  /** The smallest FAT32 that firmware reads on this sector size. */
  readonly fatMinimum: Bytes
  /** What the person asked for when it had to be raised to `fatMinimum`; else null. */
  readonly raisedFrom: Bytes | null
  readonly data: (Span & { readonly typeGuid: Guid }) | null
}

export const defaultBootSpace = bytes(4 * GiB)

/** FAT32 has at least 65,525 clusters (Microsoft FAT specification, section 3.5), each at least one sector. */
export function fatMinimum(sectorSize: 512 | 4096): Bytes {
  return bytes((sectorSize === 4096 ? 260 : 36) * MiB)
}

/** What `release` needs under `choices` on a disk with this sector size. */
export function spaceNeed(choices: Choices, release: ReleaseManifest, sectorSize: 512 | 4096): SpaceNeed {
  const onVolume = bytes(release.needs.bootSpace + release.needs.reserve)
  const smallest = fatMinimum(sectorSize)
  const forRelease = releaseMinimum(release)
  const least = bytes(Math.max(forRelease, smallest))
  const asked = choices.bootSpace === undefined ? null : bytes(alignUp(choices.bootSpace, MiB))
  const wanted = bytes(asked === null ? Math.max(defaultBootSpace, least) : Math.max(asked, smallest))
  return {
    onVolume,
    boot: { wanted, least: asked === null ? least : wanted },
    fatMinimum: smallest,
    raisedFrom: asked !== null && asked < smallest && forRelease <= smallest ? asked : null,
    data: dataNeed(choices, release),
  }
}

/** The least room for new partitions: the boot partition, and the data partition where the release asks for one. */
export function leastRoom({ boot, data }: SpaceNeed): Bytes {
  return bytes(boot.least + (data?.least ?? 0))
}

/** The smallest partition that gives a release its room: FAT's own tables take up to one part in 64. */
export function releaseMinimum(release: ReleaseManifest): Bytes {
  const room = release.needs.bootSpace + release.needs.reserve
  return bytes(alignUp(room + Math.ceil(room / 64) + 64 * KiB, MiB))
}

function dataNeed(choices: Choices, release: ReleaseManifest): SpaceNeed['data'] {
  const data = release.needs.data
  const typeGuid = data === null ? null : parseGuid(data.typeGuid)
  if (data === null || typeGuid === null) return null
  const wanted = bytes(alignUp(choices.dataSpace ?? Math.max(data.recommended, data.minimum), MiB))
  const least = choices.dataSpace === undefined ? bytes(alignUp(data.minimum, MiB)) : wanted
  return { wanted, least, typeGuid }
}
