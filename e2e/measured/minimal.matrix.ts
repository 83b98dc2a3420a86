import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeHasher } from '../../installer-core/adapters/node-hasher.ts'
import { MiB } from '../../installer-core/base/bytes.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { predictMeasurements } from '../../installer-core/check/prove-measurements.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { startPc } from '../../installer-core/practice/qemu/start-pc.ts'
import { buildMinimal } from '../../installer-core/system/build-minimal.ts'
import type { BuiltRelease } from '../../installer-core/system/make-release.ts'
import { run } from '../boot/run-tool.ts'
import { startTpm } from './tpm.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-measured-'))
afterAll(() => rmSync(folder, { recursive: true }))
const limitMs = 600_000
const script = 'echo "PCR 11 $(cat /sys/class/tpm/tpm0/pcr-sha256/11)"\n'

let release: BuiltRelease
let loader: Uint8Array

beforeAll(async () => {
  release = expectOk(await buildMinimal({ out: join(folder, 'release') }))
  loader = new Uint8Array(readFileSync(join(release.folder, release.manifest.files[0]!.source)))
})

/** What the TPM of a PC holds when this loader's system runs. */
async function measured(name: string, image: Uint8Array): Promise<string> {
  const own = (file: string) => join(folder, `${name}-${file}`)
  const [disk, file, handOver, variables] = ['disk', 'loader', 'script', 'firmware.fd'].map(own) as [
    ...[string, string, string, string],
  ]
  writeFileSync(file, image)
  writeFileSync(handOver, script)
  run('truncate', ['-s', '64M', disk])
  run('mkfs.vfat', ['-F', '32', disk])
  run('mmd', ['-i', disk, '::/EFI', '::/EFI/BOOT'])
  run('mcopy', ['-i', disk, file, '::/EFI/BOOT/BOOTX64.EFI'])
  const firmware = expectOk(findFirmware())
  copyFileSync(firmware.variables, variables)
  const tpm = await startTpm(own('tpm'))
  try {
    const pc = expectOk(
      await startPc({
        accelerator: 'tcg',
        firmwareCode: firmware.code,
        variables,
        disks: [{ file: disk, bus: 'virtio', sectorSize: 512, serial: 'P0001', throwAway: true }],
        memoryMiB: release.manifest.needs.memory.recommended / MiB,
        display: 'none',
        handOver: { script: handOver },
        tpm: tpm.socket,
      }),
    )
    const line = await pc.waitFor(/^PCR 11 \S+/, limitMs)
    await pc.cutPower()
    await pc.ended
    const said = pc.lines.map(({ text }) => text).join('\n')
    return /^PCR 11 ([0-9A-F]{64})$/.exec(line?.text ?? '')?.[1]?.toLowerCase() ?? said
  } finally {
    await tpm.stop()
  }
}

/** The same system, told by one letter of its command line to be quieter: what a TPM is to notice. */
function quieter(image: Uint8Array): Uint8Array {
  const at = Buffer.from(image).indexOf('loglevel=6')
  const changed = Uint8Array.from(image)
  changed[at + 'loglevel='.length] = '5'.charCodeAt(0)
  return changed
}

describe('the TPM of a PC that started the minimal system', () => {
  it('holds in PCR 11 what the manifest says', async () => {
    const wanted = release.manifest.measurements?.pcr11.find(({ phases }) => phases.length === 0)?.sha256
    expect(wanted).toMatch(/^[0-9a-f]{64}$/)
    expect(await measured('as-signed', loader)).toBe(wanted)
  })

  it('holds another value, the one that we would predict, after one letter was changed', async () => {
    const changed = quieter(loader)
    const wanted = expectOk(predictMeasurements(changed, nodeHasher)).pcr11[0]?.sha256
    expect(wanted).not.toBe(release.manifest.measurements?.pcr11[0]?.sha256)
    expect(await measured('changed', changed)).toBe(wanted)
  })
})
