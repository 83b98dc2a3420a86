import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectOk } from '../../installer-core/base/result.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import { signImage } from '../../installer-core/formats/pe/sign-image.ts'
import { runForeign } from '../../installer-core/formats/testing/foreign-tools.ts'
import { startPc } from '../../installer-core/practice/qemu/start-pc.ts'
import { standInLines } from '../../installer-core/practice/stand-in/stand-in.ts'
import { secureBootSigner } from '../../installer-core/system/secure-boot-keys.ts'
import { runTool } from '../boot/run-tool.ts'
import type { ScenarioPc } from '../boot/scenario.ts'
import { DesktopCase, startLimitMs } from './desktop-pc.ts'
import { partitionPlace } from './partition-place.ts'

const own = new DesktopCase()
afterAll(() => own.remove())
/** Firmware that knows Secure Boot, and owner of what is put into its lists. */
const code = '/usr/share/OVMF/OVMF_CODE_4M.secboot.fd'
const owner = '6d2a5a3e-9c1b-4d44-8a51-0f3b6c1e7a20'
const berth = 'Berth: starting desktop-'

let pc: ScenarioPc
let volume: Awaited<ReturnType<ScenarioPc['bootVolume']>>

beforeAll(async () => {
  pc = await own.pc()
  await pc.install()
  volume = await pc.bootVolume()
  const loader = join(await own.release(), volume.loader.replace('/EFI/Berth/', ''))
  expect(runForeign('sbverify', ['--cert', join(own.keys, 'db.crt'), loader])).toContain('OK')
})

/** A copy of the PC's variables; with Secure Boot on, our certificate is the only one that is believed. */
function variables(secureBoot: boolean): string {
  const store = join(pc.folder, 'tried.fd')
  copyFileSync(join(pc.folder, 'firmware.fd'), store)
  if (!secureBoot) return store
  const certificate = join(own.keys, 'db.crt')
  const keys = ['--set-pk', '--add-kek', '--add-db'].flatMap((option) => [option, owner, certificate])
  runForeign('virt-fw-vars', ['--inplace', store, ...keys, '--no-microsoft', '--secure-boot'])
  return store
}

/** What is started first from these disks, which stay as they are: a line of the desktop's or of Windows' stand-in. */
async function whatStarts(secureBoot: boolean): Promise<{ first: string; said: string }> {
  const running = expectOk(
    await startPc({
      accelerator: 'tcg',
      firmwareCode: code,
      variables: variables(secureBoot),
      disks: [{ file: volume.image, bus: 'nvme', sectorSize: 512, serial: 'tried', throwAway: true }],
      memoryMiB: 1024,
      display: 'none',
      handOver: {},
    }),
  )
  const line = await running.waitFor(new RegExp(`^(${berth}|${standInLines.windows})`), startLimitMs)
  await running.cutPower()
  await running.ended
  return { first: line?.text ?? 'nothing', said: running.lines.map(({ text }) => text).join('\n') }
}

/** One byte in a text of the UKI that no program depends on. */
function flipOneByte(loader: Uint8Array): Uint8Array {
  const at = Buffer.from(loader).indexOf('PRETTY_NAME=') + 'PRETTY_NAME="B'.length
  const changed = Uint8Array.from(loader)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

describe('the desktop, signed, on firmware that believes its key alone', () => {
  it('starts', async () => {
    const { first, said } = await whatStarts(true)
    expect(first, said).toContain(berth)
  })

  it('is refused by the firmware with one other byte, which starts without Secure Boot', async () => {
    await pc.replaceLoader(flipOneByte)
    const open = await whatStarts(false)
    expect(open.first, open.said).toContain(berth)
    const signer = expectOk(await secureBootSigner(own.keys, new Date()))
    const sign = (loader: Uint8Array) => expectOk(signImage(loader, signer))
    const esp = await partitionPlace(pc, partitionType.esp)
    await runTool.replaceFile(esp.image, esp.offset, '/EFI/Microsoft/Boot/bootmgfw.efi', sign)
    const secure = await whatStarts(true)
    expect(secure.first, secure.said).toContain(standInLines.windows)
    expect(secure.said).toMatch(/Access Denied/)
  })
})
