import { constants } from 'node:fs'
import { access, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeStandIn, standInLines } from '../stand-in/stand-in.ts'
import type { FirmwareImage } from './firmware-image.ts'
import type { Accelerator } from './qemu-arguments.ts'
import { startPc } from './start-pc.ts'

const trialMs = 30_000
let chosen: Promise<Accelerator> | null = null

/**
 * KVM where it works, else emulation. A trial decides, once for each process: firmware must start a program under KVM
 * (some virtual machines offer /dev/kvm and then fail inside the firmware). `BERTH_ACCELERATOR` (kvm, tcg) overrides.
 */
export function chooseAccelerator(firmware: FirmwareImage): Promise<Accelerator> {
  chosen ??= decide(firmware)
  return chosen
}

async function decide(firmware: FirmwareImage): Promise<Accelerator> {
  const wanted = process.env['BERTH_ACCELERATOR']
  if (wanted === 'kvm' || wanted === 'tcg') return wanted
  const reachable = await access('/dev/kvm', constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  return reachable && (await startsUnderKvm(firmware)) ? 'kvm' : 'tcg'
}

async function startsUnderKvm(firmware: FirmwareImage): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-kvm-'))
  try {
    const variables = join(folder, 'firmware.fd')
    const startDirectly = join(folder, 'program.efi')
    await copyFile(firmware.variables, variables)
    await writeFile(startDirectly, makeStandIn('windows'))
    const pc = await startPc({
      accelerator: 'kvm',
      firmwareCode: firmware.code,
      variables,
      disks: [],
      memoryMiB: 256,
      display: 'none',
      handOver: {},
      startDirectly,
    })
    if (!pc.ok) return false
    const line = await pc.value.waitFor(new RegExp(standInLines.windows), trialMs)
    await pc.value.cutPower()
    return line !== null
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
