import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../base/result.ts'
import type { Machine } from '../model/machine.ts'
import { bootPracticePc } from './boot.ts'
import { readBootState } from './boot-state.ts'
import { buildPc, firmwareFile } from './build/build-pc.ts'
import type { PcDesign } from './build/pc-design.ts'
import { designFromMachine } from './from-machine.ts'
import { findFirmware } from './qemu/firmware-image.ts'
import { pcTemplates, type TemplateName } from './templates/pc-templates.ts'
import { identitiesOf } from './templates/seeded-guid.ts'

/** How to make a practice PC from a template. */
export interface NewPracticePc {
  readonly like: TemplateName
  /** Another seed gives other GUIDs; the template's name when absent. */
  readonly seed?: string
  /** Leaves the firmware unstarted: its own entries are not there yet. For tests of the images alone. */
  readonly unstarted?: boolean
  /** A systemd-boot program on this computer, for the Linux templates; they make do with a stand-in. */
  readonly systemdBoot?: string
}

/**
 * Makes a practice PC in a new or empty folder, and starts its firmware once, so that entries which it adds by itself are
 * there from the beginning. Failures: `already-exists`, `tool-missing`, `tool-failed`, `firmware-order-reverted`.
 */
export async function newPracticePc(folder: string, wanted: NewPracticePc): Promise<Result<void>> {
  const identities = identitiesOf(wanted.seed ?? wanted.like)
  const design = pcTemplates[wanted.like]({ identities, systemdBoot: wanted.systemdBoot ?? null })
  return makePc(folder, design, wanted.unstarted === true)
}

/** Makes a practice PC of the same shape as a recorded machine, with stand-in contents. */
export async function practicePcFromMachine(
  folder: string,
  machine: Machine,
  { unstarted = false }: { readonly unstarted?: boolean } = {},
): Promise<Result<void>> {
  const design = designFromMachine(machine)
  return design.ok ? makePc(folder, design.value, unstarted) : design
}

async function makePc(folder: string, design: PcDesign, unstarted: boolean): Promise<Result<void>> {
  if (design.variables === null) return buildPc(folder, design, null)
  const firmware = findFirmware()
  if (!firmware.ok) return firmware
  const built = await buildPc(folder, design, firmware.value.variables)
  return built.ok && !unstarted ? startFirmwareOnce(folder) : built
}

/** The disks stay as they are; only what the firmware adds to its variables is kept. */
async function startFirmwareOnce(folder: string): Promise<Result<void>> {
  const before = readBootState(new Uint8Array(await readFile(join(folder, firmwareFile))))
  const reactions = [{ when: /^BdsDxe: (starting|failed)/, act: 'hold-power-button' as const }]
  const booted = await bootPracticePc(folder, { throwAwayDisks: true, maxRestarts: 0, reactions })
  if (!booted.ok) return booted
  const after = readBootState(new Uint8Array(await readFile(join(folder, firmwareFile))))
  if (!before.ok || !after.ok) return before.ok ? (after.ok ? ok(undefined) : after) : before
  const first = before.value.order?.[0]
  const found = after.value.order?.[0]
  return first === undefined || first === found
    ? ok(undefined)
    : fail('firmware-order-reverted', { required: first, found: found ?? null })
}
