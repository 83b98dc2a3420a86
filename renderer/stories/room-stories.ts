import { toWireFailure } from '../../installer-core/api/answer.ts'
import { bytes, GiB } from '../../installer-core/base/bytes.ts'
import { finding } from '../../installer-core/check/finding.ts'
import { describeIssue } from '../../installer-core/text/issues.ts'
import type { FailureCode } from '../../installer-core/base/failure-code.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import type { PlannedStep } from '../../installer-core/model/plan.ts'
import type { Report } from '../../installer-core/model/report.ts'
import { ready } from '../store/load.ts'
import type { FoundRoom, PageState } from '../store/page-state.ts'
import type { PageName } from '../store/route.ts'
import { newRunView, withEvent, type RunView } from '../store/run-view.ts'
import { recorded } from './recorded.ts'
import { about, absent, failed, type Story } from './story.ts'

const { linux, roomPlan, releases } = recorded
const write = roomPlan.plan?.steps.find((step) => step.kind === 'write-stage')
if (write === undefined) throw new Error('The recorded plan makes no room')
const { job } = write

/** The pages where the running system itself is in the way of room, from the offer to how it ended. */
export function roomStories(): readonly Story[] {
  return [
    tell('pc', 'room-needed'),
    tell('system', 'room-needed'),
    tell('space', 'room-needed'),
    tell('space', 'room-no-stage', { releases: ready(releases.slice(0, -1)) }),
    tell('space', 'room-too-little', {}, full()),
    tell(
      'space',
      'room-beside',
      {},
      { ...linux, disks: [...linux.disks, ...recorded.encrypted.disks.slice(1)] },
    ),
    tell('review', 'room', { proposal: { goal: 'make-room', system: null, planned: ready(roomPlan) } }),
    tell('review', 'room-refused', { proposal: { goal: 'make-room', system: null, planned: fullEsp() } }),
    tell('install', 'room', { run: roomRun(null) }),
    tell('done', 'room-prepared', { run: roomRun('room-prepared') }),
    tell('done', 'room-cleared', { run: roomRun('room-cleared') }),
    ...news('pc'),
    ...news('home').filter(({ state }) => state === 'room-waits' || state === 'room-done'),
    tell('home', 'room-made', { status: withRoom() }, roomMade()),
  ]
}

function tell(
  page: PageName,
  state: string,
  change: Partial<PageState> = {},
  machine: Machine = linux,
): Story {
  return { page, state, make: () => about(page, machine, change) }
}

/** The start partition has no room for the small system. */
function fullEsp() {
  const facts = { volume: 'EFI System Partition' }
  const full = finding('stage-no-space', 'blocker', { required: 158_334_976, found: 40_894_464, facts })
  return ready({ ...roomPlan, plan: null, issues: [{ ...full, ...describeIssue(full) }] })
}

/** The root holds so much that nothing could be given. */
function full(): Machine {
  return {
    ...linux,
    disks: linux.disks.map((disk) => ({
      ...disk,
      partitions: disk.partitions.map((one) =>
        one.id === job.partition ? { ...one, volume: { ...one.volume, free: bytes(2 * GiB) } } : one,
      ),
    })),
  }
}

/** How a page tells of a start that makes room, in each of its phases. */
function news(page: 'pc' | 'home'): readonly Story[] {
  const found = (phase: FoundRoom['phase'], code: FailureCode | null = null) => {
    const failure = code === null ? null : toWireFailure({ code, facts: {} }, 'en')
    const { disk, partition, from, to, entry } = job
    return { foundRoom: ready({ disk, partition, from, to, entry, phase, failure }) }
  }
  const chosen = { ...linux, firmware: { ...linux.firmware, bootNext: job.entry } }
  return [
    tell(page, 'room-waits', found('prepare'), chosen),
    tell(page, 'room-unchosen', found('prepare')),
    tell(page, 'room-half-way', found('merge'), chosen),
    tell(page, 'room-done', { ...found('done'), status: withRoom() }, roomMade()),
    tell(page, 'room-failed', found('refused', 'volume-shrink-limit')),
    tell(page, 'room-unreadable', { foundRoom: failed }),
  ]
}

/** What the look at such a PC finds. */
function withRoom() {
  const made = finding('room-made', 'note', { where: job.partition, facts: { size: job.from - job.to } })
  return ready({ ...absent, findings: [{ ...made, ...describeIssue(made) }] })
}

/** The PC after the start that made the room. */
function roomMade(): Machine {
  const layout = roomPlan.plan?.after[0]
  return {
    ...linux,
    disks: linux.disks.map((disk) => ({
      ...disk,
      gaps: layout?.gaps ?? [],
      partitions: disk.partitions.map((one) =>
        one.id === job.partition ? { ...one, size: job.to, blocks: job.to / disk.sectorSize } : one,
      ),
    })),
  }
}

/** A run that prepares the room or takes it away again; one without an outcome is at its first step. */
function roomRun(outcome: 'room-prepared' | 'room-cleared' | null): RunView {
  const steps: readonly PlannedStep[] = roomPlan.plan?.steps ?? []
  const kinds = steps.map(({ kind }) => kind)
  const goal = outcome === 'room-cleared' ? 'clear-room' : 'make-room'
  const run = 'run-room'
  const time = '2026-11-29T10:15:30.000Z'
  const begun = withEvent(newRunView(run, goal, kinds), {
    run,
    sequence: 1,
    time,
    event: { event: 'step-begun', sequence: 0, step: 0, kind: 'write-stage' },
  })
  if (outcome === null) return begun
  const report: Report = {
    schema: 'berth/report/1',
    outcome,
    goal,
    run,
    release: roomPlan.plan?.release ?? null,
    fingerprint: roomPlan.plan?.fingerprint ?? null,
    steps: steps.map((step) => ({ step, state: 'verified', durationMs: 900, evidence: [], left: [] })),
    issues: [],
    failure: null,
    changes: 96,
    startedAt: time,
    endedAt: time,
  }
  return withEvent(begun, { run, sequence: 2, time, event: { event: 'run-ended', report, failure: null } })
}
