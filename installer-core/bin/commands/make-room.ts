import type { Command } from 'commander'
import { bytes, MiB, type Bytes } from '../../base/bytes.ts'
import { parseGuid } from '../../base/guid.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { systemEsp, type Place } from '../../check/locate.ts'
import { verifyRelease } from '../../check/verify-release.ts'
import type { Machine } from '../../model/machine.ts'
import type { PartitionId } from '../../model/primitives.ts'
import type { MakeRoomAnswer } from '../../model/stage.ts'
import type { Platform } from '../../ports/platform.ts'
import type { OpenRelease } from '../../ports/release-source.ts'
import { armStageFor, type StagePlan } from '../../stage/arm-stage.ts'
import { clearStage, findStage } from '../../stage/clear-stage.ts'
import { planStage, stageFindings, type RoomWish } from '../../stage/plan-stage.ts'
import { sentence } from '../../text/sentence.ts'
import { act } from '../action.ts'
import { askYes } from '../ask.ts'
import type { Console } from '../console.ts'
import { exitCode, type ExitCode } from '../exit-codes.ts'
import { openRelease } from '../release-option.ts'
import { issueLines } from '../render/issues.ts'
import { withPlatform } from '../with-platform.ts'

interface Options {
  readonly pc?: string
  readonly by?: string
  readonly stage?: string
  readonly cancel?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

export function addMakeRoom(program: Command): void {
  program
    .command('make-room')
    .description(
      'make the ext4 partition of the running system smaller, by one start of the PC into a small system that does only that',
    )
    .argument('[partition]', 'its GUID; without it: how the last time went')
    .option('--by <MiB>', 'how much room to make')
    .option('--stage <folder or id>', 'the offline stage (`berth system build stage`)')
    .option('--cancel', 'take back what was prepared and has not started yet')
    .option('--pc <folder>', 'a practice PC (see `berth practice new`)')
    .option('--yes', 'do not ask')
    .option('--json', 'print the answer as JSON')
    .action((partition: string | undefined, options: Options) =>
      act(options, async (console) => {
        // What was asked comes before what the PC has.
        const wish = partition === undefined ? ok(null) : wishOf(partition, options)
        if (!wish.ok) return wish
        return withPlatform(options.pc, async ({ platform, machine }) => {
          const boot = systemEsp(machine)
          if (boot === null) return fail('not-found', { what: 'ESP' })
          return wish.value === null
            ? tellLast(console, platform, boot, options.cancel === true)
            : prepare(console, platform, machine, boot, wish.value, options.yes === true)
        })
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

/** Says how the stage ended, and takes away what it left; a stage that is only prepared goes when that is asked for. */
async function tellLast(
  console: Console,
  platform: Platform,
  boot: Place,
  cancel: boolean,
): Promise<Result<ExitCode>> {
  const found = await findStage(platform, boot)
  if (!found.ok) return found
  if (found.value === null) {
    console.line(sentence('stage.none'))
    answer(console, null)
    return ok(exitCode.done)
  }
  const { phase, failure } = found.value.mark
  const goes = cancel || phase === 'done' || phase === 'refused'
  const cleared = goes ? await clearStage(platform, boot, found.value) : ok(undefined)
  if (!cleared.ok) return cleared
  console.line(
    sentence(`stage.last.${cancel && phase === 'prepare' ? 'cancelled' : phase}`, { failure: failure ?? '' }),
  )
  answer(console, phase, failure)
  return ok(phase === 'refused' ? exitCode.refused : exitCode.done)
}

async function prepare(
  console: Console,
  platform: Platform,
  machine: Machine,
  boot: Place,
  wish: Wish,
  agreedBefore: boolean,
): Promise<Result<ExitCode>> {
  const release = await openRelease(wish.stage)
  if (!release.ok) return release
  const findings = stageFindings(machine, release.value)
  for (const line of issueLines(findings)) console.note(line)
  if (findings.some(({ severity }) => severity === 'blocker')) return ok(exitCode.refused)
  const plan = await planStage(platform, machine, wish, release.value)
  if (!plan.ok) return plan
  for (const line of planWords(plan.value, release.value)) console.line(line)
  const agreed = agreedBefore ? ok(undefined) : await askYes(sentence('stage.ask'), '--yes')
  if (!agreed.ok) return agreed
  return arm(console, platform, machine, boot, plan.value, release.value)
}

async function arm(
  console: Console,
  platform: Platform,
  machine: Machine,
  boot: Place,
  plan: StagePlan,
  release: OpenRelease,
): Promise<Result<ExitCode>> {
  const whole = await verifyRelease(release)
  if (!whole.ok) return whole
  const former = await findStage(platform, boot)
  if (!former.ok) return former
  const cleared = former.value === null ? ok(undefined) : await clearStage(platform, boot, former.value)
  if (!cleared.ok) return cleared
  const job = await armStageFor(platform, machine, plan, release)
  if (!job.ok) return job
  console.line(sentence('stage.armed'))
  answer(console, 'prepare')
  return ok(exitCode.done)
}

function answer(
  console: Console,
  phase: MakeRoomAnswer['phase'],
  failure: MakeRoomAnswer['failure'] = null,
): void {
  console.data({ schema: 'berth/make-room/1', phase, failure } satisfies MakeRoomAnswer)
}

function planWords(
  { volume, to, storeBytes, boot }: StagePlan,
  { manifest }: OpenRelease,
): readonly string[] {
  const stage = manifest.files.reduce((sum, { size }) => sum + size, 0)
  const facts = { partition: volume.partition.id, from: volume.partition.size, to }
  return [
    sentence('stage.plan.volume', facts),
    sentence('stage.plan.files', { partition: boot.partition.id, size: stage + storeBytes }),
    sentence('stage.plan.start'),
    sentence('stage.plan.undo'),
  ]
}

function sizeOf(text: string | undefined): Bytes | null {
  const mib = /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : null
  return mib === null ? null : bytes(mib * MiB)
}
