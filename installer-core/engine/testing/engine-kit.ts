import { followRun } from '../../api/follow-run.ts'
import type { Answer } from '../../api/answer.ts'
import type { Client } from '../../api/client.ts'
import type { PlanAsked } from '../../api/methods/plan-methods.ts'
import type { NumberedEvent } from '../../api/methods/run-methods.ts'
import { MiB, bytes } from '../../base/bytes.ts'
import type { ReleaseId } from '../../model/primitives.ts'
import { wishAsShown } from '../../plan/room-wish.ts'

/** The practice PC of these tests. */
export const target = 'practice:small'
export const choices = { schema: 'berth/choices/1', bootSpace: bytes(128 * MiB) } as const

/** The value of an answer, which is no failure here. */
export function value<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value
  throw new Error(JSON.stringify(answer.failure))
}

/** Makes it: Windows and a gap, firmware not started yet. */
export async function smallPracticePc(client: Client): Promise<void> {
  const from = { kind: 'template', template: 'windows-gap' } as const
  value(await client.call('practice.new', { name: 'small', from }))
}

export async function planInstall(client: Client, release: ReleaseId) {
  const planned = value(await client.call('plan.make', { target, goal: 'install', release, choices }))
  if (planned.plan === null) throw new Error(JSON.stringify(planned.issues))
  return { ...planned, plan: planned.plan }
}

/** Begins to install; the run. */
export async function install(client: Client, release: ReleaseId): Promise<string> {
  const { fingerprint } = (await planInstall(client, release)).plan
  const asked = { target, goal: 'install', release, choices, fingerprint } as const
  return value(await client.call('run.start', asked)).run
}

/** Takes everything away again; what that came to. */
export function undo(client: Client): Promise<string | null> {
  return runPlanned(client, { target, goal: 'undo' })
}

/** Plans something else than an installation and runs that very plan; what it came to. */
export async function runPlanned(
  client: Client,
  asked: Exclude<PlanAsked, { readonly goal: 'install' }>,
): Promise<string | null> {
  const { plan } = value(await client.call('plan.make', asked))
  const fingerprint = plan?.fingerprint ?? ''
  const shown = asked.goal === 'make-room' && plan !== null ? wishAsShown(asked, plan) : null
  const agreed =
    asked.goal === 'make-room'
      ? { ...asked, storeBytes: shown?.storeBytes ?? bytes(0), fingerprint }
      : { ...asked, fingerprint }
  return outcomeOf(await wholeRun(client, value(await client.call('run.start', agreed)).run))
}

/** Every event of a run up to its report. */
export function wholeRun(client: Client, run: string): Promise<readonly NumberedEvent[]> {
  const events: NumberedEvent[] = []
  return new Promise((resolve) => {
    const follower = followRun(client, run, (event) => {
      events.push(event)
      if (event.event.event === 'run-ended') resolve(events)
    })
    void follower.catchUp()
  })
}

export function outcomeOf(events: readonly NumberedEvent[]): string | null {
  const last = events.at(-1)?.event
  return last?.event === 'run-ended' ? last.report.outcome : null
}
