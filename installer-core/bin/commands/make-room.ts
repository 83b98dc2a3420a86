import type { Command } from 'commander'
import { bytes, MiB, type Bytes } from '../../base/bytes.ts'
import type { Failure } from '../../base/failure.ts'
import { parseGuid } from '../../base/guid.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { InstallerFace } from '../../installer.ts'
import type { PartitionId } from '../../model/primitives.ts'
import type { Report } from '../../model/report.ts'
import type { MakeRoomAnswer } from '../../model/stage.ts'
import { wishAsShown, type RoomWish } from '../../plan/room-wish.ts'
import { sentence } from '../../text/sentence.ts'
import { act } from '../action.ts'
import { confirmPlan } from '../confirm-plan.ts'
import type { Console } from '../console.ts'
import { exitCode, type ExitCode } from '../exit-codes.ts'
import { openRelease } from '../release-option.ts'
import { runWithReport, type WatchedRun } from '../run-with-report.ts'
import { withPc } from '../session.ts'

interface Options {
  readonly pc?: string
  readonly by?: string
  readonly stage?: string
  readonly cancel?: boolean
  readonly yes?: string | true
  readonly json?: boolean
}

export function addMakeRoom(program: Command): void {
  program
    .command('make-room')
    .description(
      'make a partition that is in use (ext4 or NTFS) smaller, by one start of the PC into a small system that does only that',
    )
    .argument('[partition]', 'its GUID; without it: how the last time went')
    .option('--by <MiB>', 'how much room to make')
    .option('--stage <folder or id>', 'the offline stage (`berth system build stage`)')
    .option('--cancel', 'take back what was prepared and has not started yet')
    .option('--pc <folder>', 'a practice PC (see `berth practice new`)')
    .option('--yes [fingerprint]', 'do not ask; with a fingerprint, only that very plan')
    .option('--json', 'print events and the report as JSON, one object a line')
    .action((partition: string | undefined, options: Options) =>
      act(options, async (console) => {
        if (partition === undefined) return tellLast(console, options)
        // What was asked comes before what the PC has.
        const wish = wishOf(partition, options)
        if (!wish.ok) return wish
        return ok(
          await runWithReport(console, 'make-room', (run) => prepare(console, options, wish.value, run)),
        )
      }),
    )
}

interface Wish extends RoomWish {
  /** The offline stage: a folder or an id. */
  readonly stage: string
}

function wishOf(name: string, { by: size, stage }: Options): Result<Wish> {
  const by = sizeOf(size)
  const partition = parseGuid(name)
  if (by === null || stage === undefined || partition === null)
    return fail('usage', { what: 'make-room', required: 'a GUID, --by MiB and --stage' })
  return ok({ partition: partition as string as PartitionId, by, stage })
}

function sizeOf(text: string | undefined): Bytes | null {
  const mib = /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : null
  return mib === null ? null : bytes(mib * MiB)
}

async function prepare(
  console: Console,
  options: Options,
  { stage, ...wish }: Wish,
  run: WatchedRun,
): Promise<Result<Report>> {
  const release = await openRelease(stage)
  if (!release.ok) return release
  return withPc(options, 'write', async ({ installer }) => {
    const planned = await installer.planRoom(wish, release.value)
    if (!planned.ok) return planned
    const fingerprint = await confirmPlan(console, planned.value, options.yes, run)
    if (!fingerprint.ok) return fingerprint
    const { plan } = planned.value
    const shown = plan === null ? wish : wishAsShown(wish, plan)
    return installer.makeRoom(shown, release.value, fingerprint.value, run)
  })
}

/** Says how the stage ended, and takes away what it left; a stage that is only prepared goes when that is asked for. */
function tellLast(console: Console, options: Options): Promise<Result<ExitCode>> {
  return withPc(options, 'write', async ({ installer }) => {
    const found = await installer.stage()
    if (!found.ok) return found
    if (found.value === null) {
      console.line(sentence('stage.none'))
      answer(console, null)
      return ok(exitCode.done)
    }
    const { phase, failure } = found.value.mark
    const cancel = options.cancel === true
    const goes = cancel || phase === 'done' || phase === 'refused'
    const cleared = goes ? await clear(installer) : ok(undefined)
    if (!cleared.ok) return cleared
    const said = cancel && phase === 'prepare' ? 'cancelled' : phase
    console.line(sentence(`stage.last.${said}`, { failure: failure ?? '' }))
    answer(console, phase, failure)
    return ok(phase === 'refused' ? exitCode.refused : exitCode.done)
  })
}

async function clear(installer: InstallerFace): Promise<Result<void>> {
  const planned = await installer.planClearRoom()
  if (!planned.ok) return planned
  const report = await installer.clearRoom(planned.value.plan?.fingerprint ?? '')
  if (!report.ok) return report
  const { outcome, failure } = report.value
  return outcome === 'room-cleared' ? ok(undefined) : { ok: false, failure: failure as Failure }
}

function answer(
  console: Console,
  phase: MakeRoomAnswer['phase'],
  failure: MakeRoomAnswer['failure'] = null,
): void {
  console.data({ schema: 'berth/make-room/1', phase, failure } satisfies MakeRoomAnswer)
}
