import { randomBytes } from 'node:crypto'
import { toWireFailure } from '../api/answer.ts'
import type { NumberedEvent, RunAsked, RunSummary, WireEvent } from '../api/methods/run-methods.ts'
import type { TargetId } from '../api/wire-values.ts'
import type { Failure } from '../base/failure.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { RunOptions } from '../installer.ts'
import type { Report } from '../model/report.ts'
import { locales } from '../text/locale.ts'
import { refusedReport } from './refused-report.ts'
import { summaryAfter, type RunLog } from './run-log.ts'

/** What a run does, once it is allowed to begin. */
export type RunWork = (options: RunOptions) => Promise<Result<Report>>

export interface RunTold {
  onEvent(event: NumberedEvent): void
  onChanged(summary: RunSummary): void
}

interface LiveRun {
  readonly begun: RunSummary
  readonly events: NumberedEvent[]
  readonly cancellation: { requested: boolean }
  readonly ended: Promise<void>
}

/** Events that one answer to `run.follow` holds at most. */
const pageSize = 500
const listed = 100

/** The runs of this engine and, by their logs, those before it. One run at a time for each target. */
export class RunBook {
  readonly #live = new Map<string, LiveRun>()
  readonly #log: RunLog
  readonly #told: RunTold

  constructor(log: RunLog, told: RunTold) {
    this.#log = log
    this.#told = told
  }

  /** The run that is under way on a target. */
  runOn(target: TargetId): string | null {
    for (const [run, live] of this.#live) if (live.begun.target === target && !hasEnded(live)) return run
    return null
  }

  /** Begins; `busy` while another run is under way on the target. `steps`: the kinds of steps that will come. */
  start(asked: RunAsked, steps: readonly string[], work: RunWork): Result<string> {
    const other = this.runOn(asked.target)
    if (other !== null) return fail('busy', { what: other, where: asked.target })
    const run = `run-${Date.now().toString(36)}-${randomBytes(3).toString('hex')}`
    const begun: RunSummary = {
      run,
      target: asked.target,
      goal: asked.goal,
      release: asked.goal === 'install' ? asked.release : null,
      state: 'running',
      startedAt: new Date().toISOString(),
      endedAt: null,
      steps,
      lastSequence: 0,
      outcome: null,
    }
    this.#log.begin(begun)
    const cancellation = { requested: false, pause }
    const events: NumberedEvent[] = []
    // The answer to `run.start` leaves before the first event.
    const ended = new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.#perform(run, work))
    this.#live.set(run, { begun, events, cancellation, ended })
    this.#told.onChanged(begun)
    return ok(run)
  }

  /** Stops at the next safe point. `no-run` when it is not under way here. */
  stop(run: string): Result<RunSummary> {
    const live = this.#live.get(run)
    if (live === undefined || hasEnded(live)) return fail('no-run', { what: run })
    live.cancellation.requested = true
    const summary = summarise(live)
    this.#told.onChanged(summary)
    return ok(summary)
  }

  follow(
    run: string,
    after: number,
  ): Result<{ readonly run: RunSummary; readonly events: readonly NumberedEvent[]; readonly more: boolean }> {
    const known = this.#known(run)
    if (known === null) return fail('no-run', { what: run })
    const rest = known.events.slice(after)
    return ok({ run: known.summary, events: rest.slice(0, pageSize), more: rest.length > pageSize })
  }

  list(target: TargetId | undefined): readonly RunSummary[] {
    return this.#log
      .runs()
      .flatMap((run) => this.#known(run)?.summary ?? [])
      .filter((summary) => target === undefined || summary.target === target)
      .slice(0, listed)
  }

  /** Resolves when no run is under way any more. */
  async settled(): Promise<void> {
    await Promise.all([...this.#live.values()].map((live) => live.ended))
  }

  #known(run: string) {
    const live = this.#live.get(run)
    return live === undefined ? this.#log.read(run) : { summary: summarise(live), events: live.events }
  }

  async #perform(run: string, work: RunWork): Promise<void> {
    const live = this.#live.get(run)
    if (live === undefined) return
    const result = await this.#guarded(work, {
      cancellation: live.cancellation,
      onEvent: (event) => this.#tell(run, live, event),
    })
    const failure = result.ok ? (result.value.failure as Failure | null) : result.failure
    const report = result.ok
      ? result.value
      : refusedReport(live.begun.goal, result.failure, live.begun.startedAt)
    this.#tell(run, live, {
      event: 'run-ended',
      report,
      failure: failure === null ? null : toWireFailure(failure, locales[0]),
    })
    this.#told.onChanged(summarise(live))
  }

  /** A fault of the program's own ends the run as a failure; the journal says what is to be recovered. */
  async #guarded(work: RunWork, options: RunOptions): Promise<Result<Report>> {
    try {
      return await work(options)
    } catch (thrown) {
      return fail('engine-fault', { what: thrown instanceof Error ? thrown.message : String(thrown) })
    }
  }

  #tell(run: string, live: LiveRun, event: WireEvent): void {
    const numbered = { run, sequence: live.events.length + 1, time: new Date().toISOString(), event }
    live.events.push(numbered)
    this.#log.append(numbered)
    this.#told.onEvent(numbered)
  }
}

/** Two turns of the loop: whatever began in the first has been read or written by the end of the second. */
async function pause(): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve))
}

function hasEnded({ events }: LiveRun): boolean {
  return events.at(-1)?.event.event === 'run-ended'
}

function summarise(live: LiveRun): RunSummary {
  const summary = summaryAfter(live.begun, live.events, true)
  return summary.state === 'running' && live.cancellation.requested
    ? { ...summary, state: 'stopping' }
    : summary
}
