import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { z } from 'zod'
import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { openLinuxPc } from '../adapters/linux/open-linux-pc.ts'
import { nodeClock } from '../adapters/node-clock.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { recordedPlatform } from '../adapters/recorded/recorded-platform.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { Installer } from '../installer.ts'
import { machineSchema, type Machine } from '../model/machine.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { Platform } from '../ports/platform.ts'
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
  readonly installer: Installer
  readonly platform: Platform
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
  const { platform, journal, close } = opened.value
  const installer = new Installer({ platform, journal, hasher: nodeHasher, clock: nodeClock, version })
  try {
    return await work({ installer, platform, journal })
  } finally {
    await close()
  }
}

interface OpenTarget {
  readonly platform: Platform
  readonly journal: JournalStore | null
  readonly close: () => Promise<void>
}

async function openTarget(options: TargetOptions, access: 'read' | 'write'): Promise<Result<OpenTarget>> {
  if (options.pc !== undefined && options.machine !== undefined) {
    return fail('usage', { what: '--pc and --machine', required: 'one of them' })
  }
  if (options.machine !== undefined) {
    const machine = readMachine(options.machine)
    return machine.ok
      ? ok({ platform: recordedPlatform(machine.value), journal: null, close: async () => undefined })
      : machine
  }
  if (options.pc === undefined) return openThisPc(access)
  const opened = await openPracticePc(options.pc, { access })
  if (!opened.ok) return opened
  const pc = opened.value
  return ok({ platform: pc.platform, journal: pc.journalStore, close: () => pc.close() })
}

/** The PC that this program runs on: on Linux, and as root. */
async function openThisPc(access: 'read' | 'write'): Promise<Result<OpenTarget>> {
  if (process.platform !== 'linux') return fail('this-pc-later')
  const opened = await openLinuxPc({ access })
  if (!opened.ok) return opened
  const pc = opened.value
  return ok({ platform: pc.platform, journal: pc.journalStore, close: () => pc.close() })
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
