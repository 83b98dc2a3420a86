import type { Client } from './client.ts'
import type { NumberedEvent, RunSummary } from './methods/run-methods.ts'
import type { Answer } from './answer.ts'

/** Follows one run. */
export interface RunFollower {
  /** Fetches what was missed; call it after every (re)connection. Answers with how the run is now. */
  catchUp(): Promise<Answer<RunSummary>>
  /** The number of the last event that was handed on. */
  readonly last: number
  stop(): void
}

/**
 * Hands on every event of a run exactly once and in order, whatever connections break in between: what comes out of
 * order or twice is put right by its sequence number, what is missing is fetched.
 */
export function followRun(
  client: Client,
  run: string,
  onEvent: (event: NumberedEvent) => void,
  after = 0,
): RunFollower {
  let last = after
  /** The newest number heard of, also of events that came too early to be handed on. */
  let newest = after
  let stopped = false
  let fetching: Promise<Answer<RunSummary>> | null = null
  const take = (event: NumberedEvent): void => {
    if (stopped || event.sequence !== last + 1) return
    last = event.sequence
    onEvent(event)
  }
  const fetchAll = async (): Promise<Answer<RunSummary>> => {
    for (;;) {
      const answer = await client.call('run.follow', { run, after: last })
      if (!answer.ok) return answer
      const before = last
      for (const event of answer.value.events) take(event)
      const wanted = Math.max(newest, answer.value.run.lastSequence)
      if (stopped || last >= wanted || last === before) return { ok: true, value: answer.value.run }
    }
  }
  const catchUp = (): Promise<Answer<RunSummary>> => {
    fetching ??= fetchAll().finally(() => (fetching = null))
    return fetching
  }
  const off = client.on('run.event', (event) => {
    if (event.run !== run || event.sequence <= last) return
    newest = Math.max(newest, event.sequence)
    if (event.sequence === last + 1) take(event)
    else void catchUp()
  })
  return {
    catchUp,
    get last() {
      return last
    },
    stop: () => {
      stopped = true
      off()
    },
  }
}
