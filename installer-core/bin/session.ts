import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { openLinuxPc } from '../adapters/linux/open-linux-pc.ts'
import { nodeClock } from '../adapters/node-clock.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { recordedPlatform } from '../adapters/recorded/recorded-platform.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { RemoteInstaller } from '../helper/remote-installer.ts'
import { Installer, type InstallerFace } from '../installer.ts'
import { machineSchema, type Machine } from '../model/machine.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { Platform } from '../ports/platform.ts'
import { startOwnHelper } from './start-helper.ts'
import { version } from './version.ts'

export interface TargetOptions {
  readonly pc?: string
  readonly machine?: string
}

/** The options that say which PC is meant. */
export function addTargetOptions(command: Command): Command {
  return command
    .option('--pc <folder>', 'a practice PC (see `berth practice new`)')
    .option('--machine <file>', "a recorded machine (machine.json of somebody's report); read-only")
}

/** One PC opened for a command. */
export interface Session {
  readonly installer: InstallerFace
  readonly journal: JournalStore | null
}

/** Opens the PC that the options name, lets `work` use it, and lets go of it whatever happens. */
export async function withPc<T>(
  options: TargetOptions,
  access: 'read' | 'write',
  work: (session: Session) => Promise<Result<T>>,
): Promise<Result<T>> {
  const opened = await openTarget(options, access)
  if (!opened.ok) return opened
  const { installer, journal, close } = opened.value
  try {
    return await work({ installer, journal })
  } finally {
    await close()
  }
}

interface OpenTarget extends Session {
  readonly close: () => Promise<void>
}

async function openTarget(options: TargetOptions, access: 'read' | 'write'): Promise<Result<OpenTarget>> {
  if (options.pc !== undefined && options.machine !== undefined) {
    return fail('usage', { what: '--pc and --machine', required: 'one of them' })
  }
  if (options.machine !== undefined) {
    const machine = readMachine(options.machine)
    if (!machine.ok) return machine
    return ok(opened(recordedPlatform(machine.value), null, async () => undefined))
  }
  if (options.pc === undefined) return openThisPc(access)
  const pc = await openPracticePc(options.pc, { access })
  return pc.ok ? ok(opened(pc.value.platform, pc.value.journalStore, () => pc.value.close())) : pc
}

function opened(platform: Platform, journal: JournalStore | null, close: () => Promise<void>): OpenTarget {
  const installer = new Installer({ platform, journal, hasher: nodeHasher, clock: nodeClock, version })
  return { installer, journal, close }
}

/** The PC that this program runs on: root works on it here, everybody else by a helper with full rights. */
async function openThisPc(access: 'read' | 'write'): Promise<Result<OpenTarget>> {
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    const pc = await openLinuxPc({ access })
    return pc.ok ? ok(opened(pc.value.platform, pc.value.journalStore, () => pc.value.close())) : pc
  }
  const helper = await startOwnHelper()
  if (!helper.ok) return helper
  const installer = new RemoteInstaller(helper.value)
  return ok({ installer, journal: installer.journal, close: async () => helper.value.close() })
}

/** A machine from a file, checked against its schema. */
export function readMachine(file: string): Result<Machine> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (thrown) {
    return fail('usage', {
      what: file,
      required: 'a readable JSON file',
      found: thrown instanceof Error ? thrown.message : '',
    })
  }
  const parsed = machineSchema.safeParse(content)
  return parsed.success
    ? ok(parsed.data as Machine)
    : fail('usage', { what: file, required: z.prettifyError(parsed.error) })
}
