import { existsSync } from 'node:fs'
import { Option, Argument, type Command } from 'commander'
import { fail, ok, type Result } from '../../base/result.ts'
import { bootUntil, type BootUntil } from '../../practice/boot-schema.ts'
import { bootPracticePc } from '../../practice/boot.ts'
import { newPracticePc, practicePcFromMachine } from '../../practice/new-pc.ts'
import { templateNames, type TemplateName } from '../../practice/templates/pc-templates.ts'
import { act } from '../action.ts'
import type { Console } from '../console.ts'
import { exitCode, type ExitCode } from '../exit-codes.ts'
import { bootLines } from '../render/boot.ts'
import { readMachine } from '../session.ts'

// Debian's systemd-boot-efi; the Linux templates make do with a stand-in where it is not installed.
const systemdBoot = '/usr/lib/systemd/boot/efi/systemd-bootx64.efi'

export function addPractice(program: Command): void {
  const practice = program
    .command('practice')
    .description('practice PCs: a folder with disk images and firmware variables that starts in QEMU')
  addNew(practice)
  addBoot(practice)
}

interface NewOptions {
  readonly like?: TemplateName
  readonly from?: string
  readonly json?: boolean
}

function addNew(practice: Command): void {
  practice
    .command('new')
    .description('make a practice PC')
    .addArgument(new Argument('<folder>', 'a new or empty folder'))
    .addOption(new Option('--like <template>', 'the kind of PC').choices([...templateNames]))
    .option('--from <machine.json>', "the shape of a PC from somebody's report, with stand-in contents")
    .option('--json', 'print the folder as JSON')
    .action((folder: string, options: NewOptions) =>
      act(options, async (console) => {
        const made = await makePc(folder, options)
        if (!made.ok) return made
        console.line(`The practice PC is in ${folder}. Try: berth probe --pc ${folder}`)
        console.data({ schema: 'berth/practice-new/1', folder })
        return ok(exitCode.done)
      }),
    )
}

async function makePc(folder: string, { like, from }: NewOptions): Promise<Result<void>> {
  if ((like === undefined) === (from === undefined))
    return fail('usage', { what: 'practice new', required: 'either --like or --from' })
  if (like !== undefined)
    return newPracticePc(folder, { like, ...(existsSync(systemdBoot) ? { systemdBoot } : {}) })
  const machine = readMachine(from ?? '')
  return machine.ok ? practicePcFromMachine(folder, machine.value) : machine
}

interface BootCommandOptions {
  readonly until?: BootUntil
  readonly screenshot?: string
  readonly window?: boolean
  readonly json?: boolean
}

function addBoot(practice: Command): void {
  practice
    .command('boot')
    .description('start a practice PC in QEMU with UEFI firmware, and say who started and why')
    .argument('<folder>', 'the practice PC')
    .addOption(
      new Option(
        '--until <what>',
        'stop when this has come; otherwise when the PC switches itself off',
      ).choices([...bootUntil]),
    )
    .option('--screenshot <file>', 'write a picture of the screen as it is at the end (PNG)')
    .option('--window', "show the PC's screen in a window")
    .option('--json', 'print what happened as JSON')
    .action((folder: string, options: BootCommandOptions) =>
      act(options, (console) => boot(console, folder, options)),
    )
}

async function boot(
  console: Console,
  folder: string,
  { until, screenshot, window }: BootCommandOptions,
): Promise<Result<ExitCode>> {
  const booted = await bootPracticePc(folder, {
    ...(until === undefined ? {} : { until }),
    ...(screenshot === undefined ? {} : { screenshot }),
    window: window === true,
    onLine: (line) => console.note(`  ${(line.atMs / 1000).toFixed(1).padStart(6)} s  ${line.text}`),
  })
  if (!booted.ok) return booted
  for (const line of bootLines(booted.value)) console.line(line)
  console.data(booted.value)
  return ok(until !== undefined && booted.value.reachedMs === null ? exitCode.failed : exitCode.done)
}
