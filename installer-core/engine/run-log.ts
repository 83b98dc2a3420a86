import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { numberedEventSchema, runSummarySchema } from '../api/methods/run-methods.ts'
import type { NumberedEvent, RunSummary } from '../api/methods/run-methods.ts'

const headSchema = z.strictObject({
  schema: z.literal('berth/run-log/1'),
  /** The process that runs it. */
  pid: z.int(),
  summary: runSummarySchema,
})

/** A run as its log tells it. */
export interface LoggedRun {
  readonly summary: RunSummary
  readonly events: readonly NumberedEvent[]
}

/**
 * The events of each run, one file a run: what lets a page go on where it was after the engine was started anew. A
 * convenience beside the core's journal, which alone decides what is recovered.
 */
export class RunLog {
  readonly #folder: string
  readonly #isAlive: (pid: number) => boolean

  constructor(folder: string, isAlive: (pid: number) => boolean = processLives) {
    this.#folder = folder
    this.#isAlive = isAlive
  }

  begin(summary: RunSummary): void {
    mkdirSync(this.#folder, { recursive: true })
    const head = { schema: 'berth/run-log/1', pid: process.pid, summary }
    writeFileSync(this.#file(summary.run), `${JSON.stringify(head)}\n`)
  }

  append(event: NumberedEvent): void {
    appendFileSync(this.#file(event.run), `${JSON.stringify(event)}\n`)
  }

  /** Names of the runs, newest first. */
  runs(): readonly string[] {
    if (!existsSync(this.#folder)) return []
    const files = readdirSync(this.#folder).filter((name) => /^run-[0-9a-z-]{1,40}\.jsonl$/.test(name))
    return files
      .map((name) => name.slice(0, -'.jsonl'.length))
      .sort()
      .reverse()
  }

  /** Null when there is no such run, or nothing of it can be read. */
  read(run: string): LoggedRun | null {
    const file = this.#file(run)
    if (!existsSync(file)) return null
    const [first = '', ...lines] = readFileSync(file, 'utf8').split('\n')
    const head = headSchema.safeParse(parseLine(first))
    if (!head.success) return null
    // The last line may be torn; what follows it cannot be in order.
    const events: NumberedEvent[] = []
    for (const line of lines) {
      const event = numberedEventSchema.safeParse(parseLine(line))
      if (!event.success || event.data.sequence !== events.length + 1) break
      events.push(event.data)
    }
    return { summary: summaryAfter(head.data.summary, events, this.#isAlive(head.data.pid)), events }
  }

  #file(run: string): string {
    return join(this.#folder, `${run}.jsonl`)
  }
}

/** How a run is after its events; one without an end whose process is gone was interrupted. */
export function summaryAfter(
  begun: RunSummary,
  events: readonly NumberedEvent[],
  alive: boolean,
): RunSummary {
  const last = events.at(-1)
  const ended = last?.event.event === 'run-ended' ? last.event : null
  const kinds = [...begun.steps]
  for (const { event } of events) if (event.event === 'step-begun') kinds[event.step] = event.kind
  return {
    ...begun,
    steps: Array.from(kinds, (kind) => kind ?? 'unknown'),
    state: ended !== null ? 'ended' : alive ? 'running' : 'interrupted',
    endedAt: ended === null ? null : (last?.time ?? null),
    lastSequence: last?.sequence ?? 0,
    outcome: ended?.report.outcome ?? null,
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function processLives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
