import { toWireFailure } from '../../installer-core/api/answer.ts'
import type { WireEvent } from '../../installer-core/api/methods/run-methods.ts'
import { MiB } from '../../installer-core/base/bytes.ts'
import type { Report } from '../../installer-core/model/report.ts'
import { newRunView, withEvent, type RunView } from '../store/run-view.ts'
import { recorded } from './recorded.ts'

const run = 'run-story'
const steps = recorded.installPlan.plan?.steps ?? []
const write = steps.findIndex((step) => step.kind === 'write-files')

/** A run after these events. */
function after(events: readonly WireEvent[]): RunView {
  const view = newRunView(
    run,
    'install',
    steps.map((step) => step.kind),
  )
  return events.reduce(
    (known, event, at) =>
      withEvent(known, { run, sequence: at + 1, time: '2026-11-21T10:15:30.000Z', event }),
    view,
  )
}

const begun: WireEvent = { event: 'run-begun', sequence: 0, run, steps: steps.length }
const upTo = (count: number): readonly WireEvent[] =>
  steps.slice(0, count).flatMap((step, at): readonly WireEvent[] => [
    { event: 'step-begun', sequence: 0, step: at, kind: step.kind },
    { event: 'step-ended', sequence: 0, step: at, state: 'verified' },
  ])
const writing: readonly WireEvent[] = [
  { event: 'step-begun', sequence: 0, step: write, kind: 'write-files' },
  {
    event: 'step-progress',
    sequence: 0,
    step: write,
    done: 210 * MiB,
    total: 496 * MiB,
    rate: 74 * MiB,
    secondsLeft: 4,
  },
]

const report = (outcome: Report['outcome'], more: Partial<Report> = {}): Report => ({
  schema: 'berth/report/1',
  outcome,
  goal: 'install',
  run,
  release: recorded.installPlan.plan?.release ?? null,
  fingerprint: recorded.installPlan.plan?.fingerprint ?? null,
  steps: steps.map((step) => ({
    step,
    state: 'verified',
    durationMs: 1200,
    evidence: [],
    left: [],
  })),
  issues: [],
  failure: null,
  changes: 412,
  startedAt: '2026-11-21T10:15:30.000Z',
  endedAt: '2026-11-21T10:16:10.000Z',
  ...more,
})

const proofs: Report['steps'][number]['evidence'] = [
  { code: 'partition-there', facts: { slot: 5, size: 4096 * MiB } },
  { code: 'volume-formatted', facts: {} },
  { code: 'manifest-there', facts: {} },
  { code: 'entry-there', facts: { entry: 'Boot0001' } },
  { code: 'trial-armed', facts: { entry: 'Boot0001' } },
]
const installed = report('installed', {
  steps: report('installed').steps.map((step, at) => (at === 0 ? { ...step, evidence: [...proofs] } : step)),
})
const broken = toWireFailure({ code: 'read-back-differs', facts: { what: 'linux.efi' } }, 'en')

/** Runs in the states a page can find them in. */
export const storyRuns = {
  begun: after([begun]),
  writing: after([begun, ...upTo(write), ...writing]),
  undoing: after([
    begun,
    ...upTo(write),
    ...writing,
    { event: 'run-undoing', sequence: 0, reason: 'cancelled' },
  ]),
  interrupted: { ...after([begun, ...upTo(write), ...writing]), interrupted: true },
  installed: after([begun, ...upTo(steps.length), { event: 'run-ended', report: installed, failure: null }]),
  rolledBack: after([
    begun,
    ...upTo(write),
    { event: 'run-ended', report: report('rolled-back'), failure: broken },
  ]),
  undone: after([{ event: 'run-ended', report: report('undone', { goal: 'undo' }), failure: null }]),
}
