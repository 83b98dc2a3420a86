import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { MiB } from '../base/bytes.ts'
import { toHex } from '../base/guid.ts'
import { expectOk } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import { buildDisk } from '../check/testing/disk-builder.ts'
import { crc32 } from '../formats/crc32.ts'
import { seeded } from '../formats/testing/fuzz.ts'
import { diskSchema } from '../model/disk.ts'
import { buildMachine } from './build-machine.ts'
import { findGaps } from './find-gaps.ts'
import { readDisk } from './read-disk.ts'
import { redactMachine } from './redact.ts'
import { bootVolume, entryVariable, rawFacts } from './testing/raw-facts.ts'
import { runTool, withImage } from './testing/image-tools.ts'
import { memoryDevice } from './testing/memory-device.ts'

const facts = { name: 'x', model: 'm', serial: null, bus: 'unknown', removable: false, index: 0 } as const

/** Puts the checksums of the primary copy right. */
function seal(data: Uint8Array): void {
  const view = new DataView(data.buffer)
  view.setUint32(512 + 88, crc32(data.subarray(1024, 1024 + 16_384)), true)
  view.setUint32(512 + 16, 0, true)
  view.setUint32(512 + 16, crc32(data.subarray(512, 512 + 92)), true)
}

it('every damaged disk is a disk that follows the schema', async () => {
  const seeds: Uint8Array[] = []
  await withImage(4 * MiB, (image) => {
    runTool('sgdisk', ['-n', '1:2048:4095', '-n', '2:4096:6143', image])
    seeds.push(new Uint8Array(readFileSync(image)))
  })
  const random = seeded(11)
  const kinds = new Map<string, number>()
  for (let i = 0; i < 250; i += 1) {
    const data = seeds[0]!.slice()
    for (let change = 0; change < 6; change += 1) {
      const at = random() < 0.5 ? 1024 + Math.floor(random() * 256) : 440 + Math.floor(random() * 200)
      data[at] = Math.floor(random() * 256)
    }
    if (i % 3 > 0) seal(data)
    const disk = expectOk(await readDisk(memoryDevice(data), facts, nodeHasher))
    const checked = diskSchema.safeParse(disk)
    if (!checked.success) expect.fail(`input ${i}: ${checked.error.message}`)
    kinds.set(disk.table.kind, (kinds.get(disk.table.kind) ?? 0) + 1)
  }
  expect(kinds.get('gpt')).toBeGreaterThan(50)
})

it('any content of any variable gives a machine, or says which member is wrong', () => {
  const disk = buildDisk({ partitions: [{ type: 'esp', size: 100 * MiB }] })
  const [esp] = disk.partitions
  const names = [
    'BootOrder',
    'BootNext',
    'BootCurrent',
    'Timeout',
    'SecureBoot',
    'SetupMode',
    'Boot0000',
    'Boot00ff',
    'db',
    'dbx',
  ]
  const owners = [vendor.global, vendor.imageSecurity, vendor.shim, vendor.bootLoader, vendor.berth]
  const more = ['SbatLevelRT', 'LoaderDevicePartUUID', 'BerthArmed', 'BerthTrial']
  const real = entryVariable(0, 'Windows', esp!, '/EFI/Microsoft/Boot/bootmgfw.efi').data
  const damaged = fc
    .tuple(fc.nat(real.length / 2 - 1), fc.nat(255))
    .map(([at, byte]) => real.slice(0, 2 * at) + toHex(Uint8Array.of(byte)) + real.slice(2 * at + 2))
  const variable = fc.record({
    vendor: fc.constantFrom(...owners),
    name: fc.constantFrom(...names, ...more),
    attributes: fc.integer({ min: -1, max: 0x7fffffff }),
    data: fc.oneof(damaged, fc.uint8Array({ maxLength: 200 }).map(toHex)),
  })
  fc.assert(
    fc.property(
      fc.array(variable, { maxLength: 12 }),
      fc.option(fc.string({ maxLength: 40 })),
      (variables, manifest) => {
        const bootVolumes = [bootVolume(esp!.id, ['/EFI/Microsoft/Boot/bootmgfw.efi'], { manifest })]
        const machine = expectOk(
          buildMachine(rawFacts({ variables, disks: [disk], bootVolumes }), nodeHasher),
        )
        const redacted = redactMachine(machine)
        expect(redactMachine(redacted)).toEqual(redacted)
      },
    ),
    { numRuns: 2000 },
  )
})

it('gaps are aligned, apart from each other, and in no used range', () => {
  const range = fc
    .tuple(fc.nat(60_000), fc.nat(20_000))
    .map(([start, length]) => ({ start, last: start + length }))
  fc.assert(
    fc.property(fc.array(range, { maxLength: 8 }), fc.constantFrom(512, 4096), (used, sectorSize) => {
      const unit = MiB / sectorSize
      let last = 33
      for (const { start, blocks, size } of findGaps(34, 65_500, used, sectorSize)) {
        expect(start % unit).toBe(0)
        expect(blocks % unit).toBe(0)
        expect(size).toBe(blocks * sectorSize)
        expect(start).toBeGreaterThan(last)
        expect(start + blocks - 1).toBeLessThanOrEqual(65_500)
        for (const range of used) expect(range.start >= start + blocks || range.last < start).toBe(true)
        last = start + blocks - 1
      }
    }),
  )
})
