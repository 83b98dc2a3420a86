import { expect, it } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import type { BytesAt } from './bytes-at.ts'
import type { CowDisk } from './cow-disk.ts'
import { allFatFiles } from './fat-reader.ts'
import { digest, whatStarts } from './firmware-rules.ts'
import { espGuid, makeWorld, windowsFiles } from './make-world.ts'
import { readVarstore } from './varstore-reader.ts'
import { bytesAt } from './world.ts'

const shapes = [
  { sectorSize: 512, disk: 64, esp: 10, ntfs: 0, store: 'OVMF_VARS.fd' },
  { sectorSize: 512, disk: 96, esp: 40, ntfs: 0, store: 'OVMF_VARS_4M.fd' },
  { sectorSize: 4096, disk: 400, esp: 300, ntfs: 0, store: 'OVMF_VARS.fd' },
] as const

it.each(shapes)('reads what foreign tools wrote, and starts Windows: $sectorSize, ESP $esp MiB', (shape) => {
  const world = makeWorld(shape)
  const disk: BytesAt = bytesAt(world.disks[0] as CowDisk)
  const found = Object.fromEntries(
    allFatFiles(disk, MiB)
      .filter((file) => !file.path.endsWith('/'))
      .map((file) => [file.path.toLowerCase(), digest(file.data)]),
  )
  const expected = Object.entries(windowsFiles).map(([path, data]) => [path.toLowerCase(), digest(data)])
  expect(found).toEqual(Object.fromEntries(expected))
  const started = whatStarts([disk], readVarstore(Buffer.from(world.variables)), true)
  const loader = digest(windowsFiles['/EFI/Microsoft/Boot/bootmgfw.efi']!)
  expect(started).toEqual({ entry: 0, partition: espGuid, sha256: loader })
})
