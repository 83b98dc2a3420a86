import { randomFillSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { buildPc } from '../../installer-core/practice/build/build-pc.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { bootVariables } from '../../installer-core/practice/templates/boot-variables.ts'
import { layOut, partitionIn } from '../../installer-core/practice/templates/lay-out.ts'
import { identitiesOf } from '../../installer-core/practice/templates/seeded-guid.ts'
import { windowsPartitions } from '../../installer-core/practice/templates/windows-parts.ts'
import { makeRelease } from '../../installer-core/system/make-release.ts'
import { developmentSigner, type ReleaseSigner } from '../../installer-core/system/release-signer.ts'

/** Makes a practice PC with Windows and 16 GiB of unused room on its disk. */
export async function makeRoomyPc(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  const identities = identitiesOf('bench')
  const partitions = windowsPartitions(identities, { espSize: 100 * MiB, espFree: null })
  const room = { file: 'disk0.img', size: 24 * GiB, sectorSize: 512, bus: 'nvme', serial: 'P0001' } as const
  const disk = layOut({ ...room, gap: 16 * GiB, partitions }, identities)
  const esp = partitionIn(disk, 1)
  const path = '/EFI/Microsoft/Boot/bootmgfw.efi'
  const design = {
    disks: [disk],
    variables: bootVariables([{ description: 'Windows Boot Manager', partition: esp, path }]),
    description: {
      name: 'Much unused room',
      firmware: { kind: 'uefi64' },
      running: { bootedFrom: esp.guid },
    },
  }
  expectOk(await buildPc(folder, design, expectOk(findFirmware()).variables))
}

/** Makes a signed release of random bytes: `count` files of `size` bytes each, all with the same content; signed for practice unless told otherwise. */
export async function makeBigRelease(
  folder: string,
  count: number,
  size: number,
  signer?: ReleaseSigner,
): Promise<string[]> {
  const data = new Uint8Array(size)
  for (let at = 0; at < size; at += 64 * MiB) randomFillSync(data, at, Math.min(64 * MiB, size - at))
  const id = 'bench-1.0-x86_64'
  const files = Array.from({ length: count }, (_, i) => ({
    source: `part${i}`,
    path: `/EFI/Berth/part${i}.efi`,
    data,
  }))
  const release = {
    id,
    name: 'Bench',
    version: '1.0',
    loader: files[0]?.path ?? '',
    files,
    memory: { required: 256 * MiB, recommended: 512 * MiB },
    secureBoot: { signers: [], imageSha256: '0'.repeat(64), sbat: '' },
  }
  expectOk(await makeRelease(folder, release, signer ?? expectOk(await developmentSigner())))
  return files.map(({ source }) => join(folder, source))
}
