import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MiB } from '../../installer-core/base/bytes.ts'
import { guid } from '../../installer-core/base/guid.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { vendor } from '../../installer-core/base/well-known.ts'
import { shortFormPath } from '../../installer-core/formats/device-path/short-form.ts'
import { serialiseLoadOption } from '../../installer-core/formats/load-option/load-option.ts'
import { setVariable } from '../../installer-core/formats/varstore/edit-varstore.ts'
import { parseVarstore } from '../../installer-core/formats/varstore/parse-varstore.ts'
import { chooseAccelerator } from '../../installer-core/practice/qemu/accelerator.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import type { RunningPc } from '../../installer-core/practice/qemu/running-pc.ts'
import { startPc } from '../../installer-core/practice/qemu/start-pc.ts'
import { buildMinimal } from '../../installer-core/system/build-minimal.ts'
import type { BuiltRelease } from '../../installer-core/system/make-release.ts'

const limitMs = 300_000
const nonce = '00112233445566778899aabbccddeeff'
const folder = mkdtempSync(join(tmpdir(), 'berth-minimal-boot-'))
const variables = join(folder, 'firmware.fd')
const disk = join(folder, 'disk0.img')
let release: BuiltRelease
let id: string

beforeAll(async () => {
  release = expectOk(await buildMinimal({ out: join(folder, 'release') }))
  id = release.manifest.id
  makeBootDisk()
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A disk without partitions, its FAT holding the system where firmware looks by itself. */
function makeBootDisk(): void {
  writeFileSync(disk, '')
  truncateSync(disk, 64 * MiB)
  const loader = join(release.folder, release.manifest.files[0]!.source)
  run('mkfs.vfat', ['-F', '32', disk])
  run('mmd', ['-i', disk, '::/EFI', '::/EFI/BOOT'])
  run('mcopy', ['-i', disk, loader, '::/EFI/BOOT/BOOTX64.EFI'])
}

function run(program: string, args: readonly string[]): void {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const ended = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, PATH: path } })
  if (ended.error !== undefined) throw ended.error
  if (ended.status !== 0) throw new Error(`${program}: ${ended.stdout}${ended.stderr}`)
}

const text = (value: string) => new TextEncoder().encode(value)
const windowsEntry = (path: string) =>
  serialiseLoadOption({
    attributes: 1,
    description: 'Windows Boot Manager',
    paths: [
      shortFormPath(
        {
          partitionNumber: 1,
          partitionGuid: guid('11111111-2222-4333-8444-555555555555'),
          start: 2048,
          size: 204800,
        },
        path,
      ),
    ],
    optionalData: text('WINDOWS\0'),
  })

/** A fresh variable store that holds these variables. */
function prepareFirmware(given: readonly (readonly [name: string, data: Uint8Array])[]): void {
  copyFileSync(expectOk(findFirmware()).variables, variables)
  let image = new Uint8Array(readFileSync(variables))
  for (const [name, data] of given) {
    const owner = name.startsWith('Berth') ? vendor.berth : vendor.global
    const value = { attributes: 7, data }
    image = new Uint8Array(expectOk(setVariable(image, { vendor: owner, name }, value)))
  }
  writeFileSync(variables, image)
}

function readVariable(name: string): Uint8Array | null {
  const store = expectOk(parseVarstore(new Uint8Array(readFileSync(variables))))
  return store.variables.find((variable) => variable.name === name)?.data ?? null
}

async function start(script?: string): Promise<RunningPc> {
  const firmware = expectOk(findFirmware())
  const handOver = join(folder, 'script')
  mkdirSync(folder, { recursive: true })
  if (script !== undefined) writeFileSync(handOver, script)
  const pc = await startPc({
    accelerator: await chooseAccelerator(firmware),
    firmwareCode: firmware.code,
    variables,
    disks: [{ file: disk, bus: 'virtio', sectorSize: 512, serial: 'P0001', throwAway: true }],
    memoryMiB: release.manifest.needs.memory.required / MiB,
    display: 'hidden',
    handOver: script === undefined ? {} : { script: handOver },
  })
  return expectOk(pc)
}

const linesOf = (pc: RunningPc) => pc.lines.map((line) => line.text)

describe('the minimal system, started by firmware', () => {
  it('confirms a trial that waits for it, over a stale confirmation, and runs a script', async () => {
    prepareFirmware([
      ['BerthArmed', text(`${id} ${nonce}`)],
      ['BerthTrial', text('something-older 0123')],
    ])
    const pc = await start('echo "kernel $(uname -r)"\nexit 7\n')
    const ended = await pc.ended
    expect(ended.end, linesOf(pc).join('\n')).toBe('power-off')
    expect(linesOf(pc)).toContain(`Berth: system ${id}`)
    expect(linesOf(pc)).toContain(`Berth: trial confirmed ${id} ${nonce}`)
    expect(linesOf(pc).join('\n')).toMatch(/^kernel \d+\.\d+/m)
    expect(linesOf(pc)).toContain('Berth: script ended with 7')
    expect(new TextDecoder().decode(readVariable('BerthTrial'))).toBe(`${id} ${nonce}`)
  })

  it('leaves a trial of another release alone, gives a shell, and goes back to Windows', async () => {
    prepareFirmware([
      ['BerthArmed', text(`minimal-9.9-x86_64 ${nonce}`)],
      ['Boot0007', windowsEntry('/EFI/ubuntu/shimx64.efi')],
      ['Boot001A', windowsEntry('/EFI/Microsoft/Boot/bootmgfw.efi')],
      ['BootOrder', Uint8Array.of(7, 0, 0x1a, 0)],
    ])
    const pc = await start()
    expect(await pc.waitFor(/^berth#/, limitMs), linesOf(pc).join('\n')).not.toBeNull()
    expect(linesOf(pc)).toContain(`Berth: a trial is waiting, but not for ${id}`)
    expect(readVariable('BerthTrial')).toBeNull()
    const screen = join(folder, 'screen.ppm')
    expectOk(await pc.screenshot(screen))
    expect(new Set(readFileSync(screen).subarray(64)).size).toBeGreaterThan(1)
    pc.type('back-to-windows\n')
    expect(await pc.waitFor(/next start is Windows \(Boot001A\)/, limitMs)).not.toBeNull()
    expect((await pc.ended).end).toBe('restart')
    expect(readVariable('BootNext')).toEqual(Uint8Array.of(0x1a, 0))
  })

  it('says so when there is no Windows, and restarts by itself when its kernel panics', async () => {
    prepareFirmware([])
    const pc = await start('back-to-windows\necho "exit $?"\necho c >/proc/sysrq-trigger\n')
    expect((await pc.ended).end).toBe('restart')
    expect(linesOf(pc)).toContain('Berth: no trial is waiting')
    expect(linesOf(pc).join('\n')).toMatch(/no boot entry for Windows; nothing was changed\nexit 1/)
    expect(linesOf(pc).join('\n')).toContain('Kernel panic')
    expect(readVariable('BootNext')).toBeNull()
  })
})
