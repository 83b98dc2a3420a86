import type { Failure } from '../base/failure.ts'
import { done, type Result } from '../base/result.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { Plan } from '../model/plan.ts'
import type { Evidence, Outcome, Report, RunEvent } from '../model/report.ts'
import { neverCancelled } from '../ports/cancellation.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import type { StepTools } from '../ports/step.ts'
import { bindStep, type BoundStep } from '../steps/bound-step.ts'
import type { JournalEntry, JournalWriter } from './journal.ts'
import { RateMeter } from './progress.ts'
import type { RunTools } from './run-tools.ts'

type StepReport = Report['steps'][number]
/** An event without its number. */
type Told = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'sequence'> : never) : never

/** One run while it goes on: its journal, its events, and what its report will say. */
export class Run {
  readonly tools: RunTools
  readonly plan: Plan
  readonly manifest: OwnershipManifest
  readonly #writer: JournalWriter
  readonly #release: OpenRelease | null
  readonly #credentials: ReadonlyMap<string, string>
  readonly #startedAt: string
  readonly #steps: StepReport[]
  #told = 0

  constructor(
    tools: RunTools,
    writer: JournalWriter,
    manifest: OwnershipManifest,
    plan: Plan = manifest.plan,
    release: OpenRelease | null = null,
    credentials: ReadonlyMap<string, string> = new Map(),
  ) {
    this.tools = tools
    this.plan = plan
    this.manifest = manifest
    this.#writer = writer
    this.#release = release
    this.#credentials = credentials
    this.#startedAt = tools.clock.now()
    this.#steps = plan.steps.map((step) => ({
      step,
      state: 'not-reached',
      durationMs: null,
      evidence: [],
      left: [],
    }))
  }

  bound(index: number): BoundStep {
    const step = this.plan.steps[index]
    if (step === undefined) throw new RangeError(`no step ${index}`)
    return bindStep(step)
  }

  record(entry: JournalEntry): Promise<Result<void>> {
    return this.#writer.append(entry)
  }

  tell(event: Told): void {
    this.tools.onEvent({ ...event, sequence: this.#told })
    this.#told += 1
  }

  begin(): void {
    this.tell({ event: 'run-begun', run: this.#writer.run, steps: this.plan.steps.length })
  }

  stepBegins(index: number): void {
    this.tell({ event: 'step-begun', step: index, kind: this.plan.steps[index]?.kind ?? '' })
  }

  /** Notes how a step came out, for the report, and tells it. */
  stepEnds(index: number, state: 'verified' | 'failed' | 'undone', more: Partial<StepReport> = {}): void {
    const before = this.#steps[index]
    if (before !== undefined) this.#steps[index] = { ...before, ...more, state }
    this.tell({ event: 'step-ended', step: index, state })
  }

  /** What a step that goes forward may use. */
  forward(index: number): StepTools {
    return { ...this.#common(index), cancellation: this.tools.cancellation, recovering: false }
  }

  /** What a step that takes back may use: it is never cancelled half-way. */
  backward(index: number, recovering: boolean): StepTools {
    return { ...this.#common(index), cancellation: neverCancelled, recovering }
  }

  /** Once the run has ended for good: lets the steps go of what only taking back would have needed. */
  async settle(): Promise<void> {
    for (const index of this.plan.steps.keys()) await this.bound(index).settle(this.backward(index, false))
  }

  /** What the steps left in place so far, because it was not Berth's any more. */
  get left(): readonly string[] {
    return this.#steps.flatMap((step) => step.left)
  }

  report(
    outcome: Outcome,
    goal: Report['goal'],
    failure: Failure | null,
    proof: readonly Evidence[] = [],
  ): Report {
    const last = this.#steps.length - 1
    const steps = this.#steps.map((step, i) =>
      i === last ? { ...step, evidence: [...step.evidence, ...proof] } : step,
    )
    return {
      schema: 'berth/report/1',
      outcome,
      goal,
      run: this.#writer.run,
      release: this.plan.release,
      fingerprint: this.plan.fingerprint,
      steps,
      issues: this.plan.issues,
      failure,
      changes: this.tools.platform.changes(),
      startedAt: this.#startedAt,
      endedAt: this.tools.clock.now(),
    }
  }

  #common(index: number) {
    const meter = new RateMeter(this.tools.clock)
    return {
      platform: this.tools.platform,
      hasher: this.tools.hasher,
      release: this.#release,
      credentials: this.#credentials,
      manifest: this.manifest,
      progress: (doneBytes: number, total: number) => {
        const rate = meter.tell(doneBytes, total)
        if (rate !== null) this.tell({ event: 'step-progress', step: index, done: doneBytes, total, ...rate })
      },
    }
  }
}

/**
 * Looks at the whole PC once more, knowing what the steps left in place and said so; succeeds without evidence where
 * nobody asked for it.
 */
export type Prove = (left: readonly string[]) => Promise<Result<readonly Evidence[]>>
export const noProof: Prove = async () => ({ ...done, value: [] })
