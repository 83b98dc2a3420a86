import { join } from 'node:path'
import { openReleaseFolder } from '../../adapters/release-folder/open-release-folder.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { Planned } from '../../plan/plan-outcome.ts'
import type { Outcome, Report } from '../../model/report.ts'
import type { BootUntil, PracticeBoot } from '../../practice/boot-schema.ts'
import { bootPracticePc } from '../../practice/boot.ts'
import { newPracticePc } from '../../practice/new-pc.ts'
import { compareSnapshots, takeSnapshot, type PcSnapshot } from '../../practice/snapshot.ts'
import { buildMinimal } from '../../system/build-minimal.ts'
import { choicesSchema, type Choices } from '../../model/choices.ts'
import { bootLines } from '../render/boot.ts'
import { planLines } from '../render/plan.ts'
import { reportLines } from '../render/report.ts'
import { withPc, type Session } from '../session.ts'

/** A part of the demonstration: what it is called, and the work that tells what it showed. */
export interface Stage {
  readonly title: string
  readonly run: () => Promise<Result<readonly string[]>>
}

const template = 'windows'
const choices = choicesSchema.parse({ schema: 'berth/choices/1' }) as Choices

/** The whole job in order, in a folder of its own: build, make a PC, install, start both, confirm, take away, compare. */
export function demoStages(folder: string): readonly Stage[] {
  const pc = join(folder, 'pc')
  const release = join(folder, 'release')
  let before: PcSnapshot = { items: [] }
  const boot = (until: BootUntil, reason: PracticeBoot['starts'][number]['reason']) => () =>
    startAndExpect(pc, until, reason)
  return [
    { title: 'Build a small system from Debian packages', run: () => build(release) },
    { title: 'Make a practice PC with the layout of Windows', run: () => makePc(pc) },
    {
      title: 'Take stock of everything on it, with tools that are not ours',
      run: async () => {
        const taken = await takeSnapshot(pc)
        if (!taken.ok) return taken
        before = taken.value
        return ok([`${before.items.length} things noted: partition tables, files, firmware variables.`])
      },
    },
    { title: 'Plan: what would be changed', run: () => showPlan(pc, release) },
    { title: 'Install', run: () => install(pc, release) },
    { title: 'Start: the trial of the new system', run: boot('shell', 'boot-next') },
    { title: 'Start again: Windows comes back by itself', run: boot('windows', 'first-in-order') },
    {
      title: 'Confirm: the new system stays',
      run: () =>
        runPlanned(pc, 'confirmed', ({ installer }) => installer.planConfirm({ defaultSystem: 'present' })),
    },
    {
      title: 'Switch to the new system for one start',
      run: () => runPlanned(pc, 'switched', ({ installer }) => installer.planSwitch('berth')),
    },
    { title: 'Start: the new system', run: boot('shell', 'boot-next') },
    { title: 'Start again: Windows', run: boot('windows', 'first-in-order') },
    { title: 'Undo: take everything away', run: () => undo(pc) },
    { title: 'Compare with the stock taken at the beginning', run: () => proveEqual(pc, before) },
    { title: 'Start once more: Windows', run: boot('windows', 'first-in-order') },
  ]
}

async function build(release: string): Promise<Result<readonly string[]>> {
  const built = await buildMinimal({ out: release })
  return built.ok ? ok([`${built.value.manifest.id}, signed by ${built.value.signer.name}`]) : built
}

async function makePc(pc: string): Promise<Result<readonly string[]>> {
  const made = await newPracticePc(pc, { like: template })
  return made.ok
    ? ok([`Template "${template}": a small ESP, so that Windows has to give some of its space.`])
    : made
}

async function showPlan(pc: string, folder: string): Promise<Result<readonly string[]>> {
  const release = await openReleaseFolder(folder)
  if (!release.ok) return release
  return withPc({ pc }, 'read', async ({ installer }) => {
    const planned = await installer.plan(choices, release.value)
    if (!planned.ok) return planned
    const { plan, machine } = planned.value
    return plan === null
      ? fail('blocked', { issues: planned.value.issues.map((issue) => issue.id).join(', ') })
      : ok(planLines(plan, machine))
  })
}

async function install(pc: string, folder: string): Promise<Result<readonly string[]>> {
  const release = await openReleaseFolder(folder)
  if (!release.ok) return release
  return withPc({ pc }, 'write', async ({ installer }) => {
    const planned = await installer.plan(choices, release.value)
    if (!planned.ok) return planned
    const confirmation = { fingerprint: planned.value.plan?.fingerprint ?? '', shown: planned.value.machine }
    return told(await installer.install(choices, release.value, confirmation), 'installed')
  })
}

function runPlanned(
  pc: string,
  outcome: Outcome,
  plan: (session: Session) => Promise<Result<Planned>>,
): Promise<Result<readonly string[]>> {
  return withPc({ pc }, 'write', async (session) => {
    const planned = await plan(session)
    if (!planned.ok) return planned
    return told(await session.installer.run(planned, planned.value.plan?.fingerprint ?? ''), outcome)
  })
}

function undo(pc: string): Promise<Result<readonly string[]>> {
  return withPc({ pc }, 'write', async ({ installer }) => told(await installer.undo(null), 'undone'))
}

function told(report: Result<Report>, outcome: Outcome): Result<readonly string[]> {
  if (!report.ok) return report
  const lines = reportLines(report.value)
  return report.value.outcome === outcome
    ? ok(lines)
    : fail('demo-failed', { required: outcome, found: report.value.outcome, what: lines.join('\n') })
}

async function startAndExpect(
  pc: string,
  until: BootUntil,
  reason: string,
): Promise<Result<readonly string[]>> {
  const booted = await bootPracticePc(pc, { until })
  if (!booted.ok) return booted
  const last = booted.value.starts.at(-1)
  const lines = bootLines(booted.value)
  if (booted.value.reachedMs !== null && last?.reason === reason) return ok(lines)
  return fail('demo-failed', {
    required: `${until}, ${reason}`,
    found: last?.reason ?? 'nothing',
    what: lines.join('\n'),
  })
}

async function proveEqual(pc: string, before: PcSnapshot): Promise<Result<readonly string[]>> {
  const after = await takeSnapshot(pc)
  if (!after.ok) return after
  const differences = compareSnapshots(before, after.value)
  if (differences.length === 0)
    return ok([
      `EQUAL: all ${before.items.length} things are as they were: both copies of the partition table, every file, every boot variable.`,
    ])
  return fail('demo-failed', {
    required: 'no difference',
    found: `${differences.length}`,
    what: differences.map(({ what }) => what).join('\n'),
  })
}
