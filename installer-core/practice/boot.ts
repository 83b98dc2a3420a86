import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bytes, MiB } from '../base/bytes.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { takeLock } from '../adapters/disk-image/lock-file.ts'
import { readPcFile } from '../adapters/disk-image/read-pc-file.ts'
import type { PcFile } from '../adapters/disk-image/pc-schema.ts'
import { applyRestartFaults } from '../adapters/disk-image/restart-faults.ts'
import { openVariableFile } from '../adapters/disk-image/variable-file.ts'
import type { BootOptions } from './boot-options.ts'
import type { PcStart, PracticeBoot } from './boot-schema.ts'
import { readBootState, type BootState } from './boot-state.ts'
import { explainStart } from './explain-start.ts'
import { chooseAccelerator } from './qemu/accelerator.ts'
import { findFirmware, findFirmwareCode } from './qemu/firmware-image.ts'
import type { Accelerator, GuestMachine } from './qemu/qemu-arguments.ts'
import type { RunningPc } from './qemu/running-pc.ts'
import { startPc } from './qemu/start-pc.ts'
import { watch } from './watch.ts'

/** More than five times what the slowest system needs on a slow machine. */
const defaultLimitSeconds = 300
/** A guest gets no more than this, whatever its `pc.json` says: the host has other things to do. */
const memoryLimitMiB = 1024

/**
 * Starts a practice PC in QEMU with OVMF, follows its restarts, and says who started and why. What the guest changes in
 * the firmware variables is kept. `unsupported` for a BIOS PC; `tool-missing` without QEMU or OVMF; `run-locked` while
 * something else has it open to write; `usage` for
 * a screenshot without something to wait for, because a PC that is off has no screen.
 */
export async function bootPracticePc(
  folder: string,
  options: BootOptions = {},
): Promise<Result<PracticeBoot>> {
  if (options.screenshot !== undefined && options.until === undefined)
    return fail('usage', { what: 'practice boot --screenshot', required: '--until' })
  const pc = readPcFile(folder)
  if (!pc.ok) return pc
  if (pc.value.firmware.kind === 'bios') return fail('unsupported', { what: 'practice boot', where: 'bios' })
  const firmware = findFirmware()
  if (!firmware.ok) return firmware
  const accelerator = await chooseAccelerator(firmware.value)
  const journal = join(folder, 'journal')
  await mkdir(journal, { recursive: true })
  const lock = takeLock(join(journal, 'open'))
  if (!lock.ok) return lock
  try {
    return await followStarts(folder, pc.value, accelerator, options)
  } finally {
    await lock.value()
  }
}

async function followStarts(
  folder: string,
  pc: PcFile,
  accelerator: Accelerator,
  options: BootOptions,
): Promise<Result<PracticeBoot>> {
  const starts: PcStart[] = []
  let reachedMs: number | null = null
  for (let restarts = 0; restarts <= (options.maxRestarts ?? 3); restarts++) {
    const result = await startOnce(folder, pc, accelerator, options)
    if (!result.ok) return result
    starts.push(result.value.start)
    options.onStartEnded?.(result.value.start)
    reachedMs = result.value.reachedMs
    if (result.value.start.end !== 'restart') break
  }
  const memory = bytes(memoryOf(pc) * MiB)
  const until = options.until ?? null
  return ok({ schema: 'berth/practice-boot/1', accelerator, memory, until, reachedMs, starts })
}

interface Started {
  readonly start: PcStart
  readonly reachedMs: number | null
}

async function startOnce(
  folder: string,
  pc: PcFile,
  accelerator: Accelerator,
  options: BootOptions,
): Promise<Result<Started>> {
  const kept = openVariableFile(join(folder, pc.firmware.variables))
  const before = prepareVariables(kept, pc)
  if (!before.ok) return before
  const work = await mkdtemp(join(tmpdir(), 'berth-boot-'))
  try {
    const variables = join(work, 'firmware.fd')
    await copyFile(join(folder, pc.firmware.variables), variables)
    const machine = await guestMachine(folder, pc, variables, accelerator, options)
    if (!machine.ok) return machine
    const running = await startPc(machine.value, options.onLine)
    if (!running.ok) return running
    options.onStarted?.(running.value)
    const { end, reachedMs } = await watch(running.value, options, limitMs(options))
    const replaced = kept.replace(new Uint8Array(await readFile(variables)))
    return replaced.ok ? await describe(running.value, before.value, kept, end, reachedMs) : replaced
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** What faulty firmware does to its variables at power-on is done before anything starts. */
function prepareVariables(kept: ReturnType<typeof openVariableFile>, pc: PcFile): Result<BootState> {
  const image = kept.read()
  if (!image.ok) return image
  const faulty = applyRestartFaults(image.value, pc.firmware.faults)
  if (!faulty.ok) return faulty
  if (faulty.value !== image.value) {
    const replaced = kept.replace(faulty.value)
    if (!replaced.ok) return replaced
  }
  return readBootState(faulty.value)
}

async function describe(
  running: RunningPc,
  before: BootState,
  kept: ReturnType<typeof openVariableFile>,
  end: PcStart['end'],
  reachedMs: number | null,
): Promise<Result<Started>> {
  const image = kept.read()
  const after = image.ok ? readBootState(image.value) : image
  if (!after.ok) return after
  const { durationMs } = await running.ended
  const start: PcStart = {
    before: choiceOf(before),
    after: choiceOf(after.value),
    ...explainStart(before, running.lines),
    end,
    durationMs,
    lines: running.lines,
  }
  return ok({ start, reachedMs })
}

function choiceOf({ order, next }: BootState): PcStart['before'] {
  return { bootOrder: order, bootNext: next }
}

async function guestMachine(
  folder: string,
  pc: PcFile,
  variables: string,
  accelerator: Accelerator,
  options: BootOptions,
): Promise<Result<GuestMachine>> {
  const code = findFirmwareCode((await readFile(variables)).length)
  if (!code.ok) return code
  const photographed = options.screenshot === undefined ? 'none' : 'hidden'
  const shown = options.onStarted === undefined ? photographed : 'live'
  return ok({
    accelerator,
    firmwareCode: code.value,
    variables,
    disks: pc.disks.map(({ file, bus, sectorSize, serial }) => ({
      file: join(folder, file),
      bus,
      sectorSize,
      serial: serial ?? 'none',
      throwAway: options.throwAwayDisks === true,
    })),
    memoryMiB: memoryOf(pc),
    display: options.window === true ? 'window' : shown,
    handOver: options.script === undefined ? {} : { script: options.script },
    ...(options.tpm === undefined ? {} : { tpm: options.tpm }),
  })
}

function memoryOf(pc: PcFile): number {
  return Math.min(pc.memoryMiB, memoryLimitMiB)
}

function limitMs(options: BootOptions): number {
  return 1000 * (options.limitSeconds ?? defaultLimitSeconds)
}
