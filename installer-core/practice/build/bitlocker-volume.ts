import { open } from 'node:fs/promises'
import { MiB } from '../../base/bytes.ts'
import { guid, guidToBytes } from '../../base/guid.ts'
import { done, type Result } from '../../base/result.ts'
import type { VolumePlace } from './volume-place.ts'
import { noise } from './file-content.ts'

/** The GUID at 0xA0 that marks a BitLocker volume of Windows 7 and later. */
const informationGuid = guid('4967d63b-2e29-4ad8-8399-f6a339e3d001')

/** Makes a volume as BitLocker leaves it: its own boot sector, everything else unreadable. */
export async function makeBitlockerVolume(place: VolumePlace, seed: string): Promise<Result<void>> {
  const file = await open(place.image, 'r+')
  try {
    await file.write(noise(MiB, seed), 0, MiB, place.offset + MiB)
    await file.write(noise(MiB, `${seed} end`), 0, MiB, place.offset + place.size - 2 * MiB)
    await file.write(bootSector(place), 0, 512, place.offset)
    return done
  } finally {
    await file.close()
  }
}

function bootSector(place: VolumePlace): Uint8Array {
  const out = new Uint8Array(512)
  const view = new DataView(out.buffer)
  out.set([0xeb, 0x58, 0x90])
  out.set(new TextEncoder().encode('-FVE-FS-'), 3)
  view.setUint16(0x0b, place.sectorSize, true)
  out[0x0d] = 4096 / place.sectorSize
  out[0x15] = 0xf8
  out.set(guidToBytes(informationGuid), 0xa0)
  out.set([0x55, 0xaa], 510)
  return out
}
