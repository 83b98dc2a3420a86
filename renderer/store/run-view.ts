import type {
  NumberedEvent,
  RunAsked,
  RunSummary,
  WireEvent,
} from '../../installer-core/api/methods/run-methods.ts'
import type { WireFailure } from '../../installer-core/api/wire-values.ts'
import type { Report } from '../../installer-core/model/report.ts'

export type RunGoal = RunAsked['goal']

export type StepState = 'waiting' | 'working' | 'verified' | 'failed' | 'undone'

export interface StepView {
  /** The kind of step; null until the engine has said it. */
  readonly kind: string | null
  readonly state: StepState
}

/** How far the present step is: bytes or parts done of a total, bytes per second, seconds left. */
export interface StepProgress {
  readonly done: number
  readonly total: number
  readonly rate: number | null
  readonly secondsLeft: number | null
}

/** A run as the page shows it: nothing but what its events said. */
export interface RunView {
  readonly run: string
  readonly goal: RunGoal
  readonly steps: readonly StepView[]
  readonly current: number | null
  readonly progress: StepProgress | null
  /** How far the release was read and checked, before the first step. */
  readonly checking: StepProgress | null
  /** Why everything is being taken back; null when it is not. */
  readonly undoing: string | null
  readonly stopping: boolean
  /** The number of the last event that was taken in; 0 before the first. */
  readonly sequence: number
  readonly log: readonly NumberedEvent[]
  readonly report: Report | null
  readonly failure: WireFailure | null
  /** The engine that ran it is gone: the run can be finished or taken back. */
  readonly interrupted: boolean
}

/** A run of which nothing is known but its name; with the kinds of its steps when a plan was at hand. */
export function newRunView(run: string, goal: RunGoal, kinds: readonly string[] = []): RunView {
  return {
    run,
    goal,
    steps: kinds.map((kind) => ({ kind, state: 'waiting' })),
    current: null,
    progress: null,
    checking: null,
    undoing: null,
    stopping: false,
    sequence: 0,
    log: [],
    report: null,
    failure: null,
    interrupted: false,
  }
}

/** Takes an event in; one that was seen already, or that belongs to another run, changes nothing. */
export function withEvent(view: RunView, numbered: NumberedEvent): RunView {
  const { run, sequence, event } = numbered
  if (run !== view.run || sequence <= view.sequence) return view
  const log =
    event.event === 'step-progress' || event.event === 'release-check' ? view.log : [...view.log, numbered]
  return { ...applied(view, event), sequence, log }
}

function applied(view: RunView, event: WireEvent): RunView {
  switch (event.event) {
    case 'release-check': {
      const { done, total, rate, secondsLeft } = event
      return { ...view, checking: { done, total, rate, secondsLeft } }
    }
    case 'run-begun':
      return { ...view, checking: null, steps: padded(view.steps, event.steps) }
    case 'step-begun':
      return {
        ...view,
        current: event.step,
        progress: null,
        steps: withStep(view.steps, event.step, { kind: event.kind, state: 'working' }),
      }
    case 'step-progress': {
      const { done, total, rate, secondsLeft } = event
      return { ...view, current: event.step, progress: { done, total, rate, secondsLeft } }
    }
    case 'step-ended':
      return {
        ...view,
        progress: null,
        steps: withStep(view.steps, event.step, {
          kind: view.steps[event.step]?.kind ?? null,
          state: event.state,
        }),
      }
    case 'run-undoing':
      return { ...view, undoing: event.reason, progress: null }
    case 'run-ended':
      return { ...view, current: null, progress: null, report: event.report, failure: event.failure }
  }
}

function padded(steps: readonly StepView[], count: number): readonly StepView[] {
  return Array.from({ length: count }, (_, index) => steps[index] ?? { kind: null, state: 'waiting' })
}

function withStep(steps: readonly StepView[], at: number, step: StepView): readonly StepView[] {
  return padded(steps, Math.max(steps.length, at + 1)).map((one, index) => (index === at ? step : one))
}

/** Steps that are done, for `3 of 6`. */
export function stepsDone(view: RunView): number {
  return view.steps.filter((step) => step.state === 'verified').length
}

/** Takes in what the engine knows about the run as a whole. */
export function withSummary(view: RunView, { goal, steps, state }: RunSummary): RunView {
  return {
    ...view,
    goal,
    stopping: view.stopping || state === 'stopping',
    interrupted: state === 'interrupted',
    steps: padded(view.steps, Math.max(view.steps.length, steps.length)).map((step, index) => ({
      ...step,
      kind: step.kind ?? steps[index] ?? null,
    })),
  }
}

/** True while a run is under way: the window must not be closed without asking. */
export function isRunning(run: RunView | null): boolean {
  return run !== null && run.report === null && run.failure === null && !run.interrupted
}
