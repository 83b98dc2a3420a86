import { untilPatterns, type BootOptions } from './boot-options.ts'
import type { PcStart } from './boot-schema.ts'
import type { RunningPc } from './qemu/running-pc.ts'

/** How long a stand-in that was reached may take to switch itself off. */
const farewellMs = 60_000
const leaveMs = 5_000

interface Watched {
  readonly end: PcStart['end']
  readonly reachedMs: number | null
}

/** Follows one start to its end: reacts to lines, stops when what is waited for has come or the time is over. */
export async function watch(pc: RunningPc, options: BootOptions, limitMs: number): Promise<Watched> {
  const started = performance.now()
  for (const { when, act } of options.reactions ?? [])
    void pc.waitFor(when, limitMs).then(async (line) => {
      if (line === null) return
      if (act === 'hold-power-button') await pc.cutPower()
      else pc.type(act.type)
    })
  const reached = options.until === undefined ? null : await pc.waitFor(untilPatterns[options.until], limitMs)
  if (options.until !== undefined && reached !== null) {
    if (options.screenshot !== undefined) await pc.screenshot(options.screenshot)
    return { end: await farewell(pc, options.until), reachedMs: reached.atMs }
  }
  // A PC that has just ended gets a moment to be cleared away.
  const left = Math.max(leaveMs, limitMs - (performance.now() - started))
  const ended = await within(pc.ended, left)
  if (ended !== null) return { end: ended.end, reachedMs: null }
  if (options.screenshot !== undefined) await pc.screenshot(options.screenshot)
  await pc.cutPower()
  return { end: 'timed-out', reachedMs: null }
}

/** Stand-ins switch themselves off; a shell or a login would wait for a person. */
async function farewell(pc: RunningPc, until: NonNullable<BootOptions['until']>): Promise<PcStart['end']> {
  if (until === 'windows' || until === 'linux') {
    const ended = await within(pc.ended, farewellMs)
    if (ended !== null) return ended.end
  }
  await pc.cutPower()
  return 'stopped'
}

async function within<T>(promise: Promise<T>, limitMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), limitMs)))
  const first = await Promise.race([promise, late])
  clearTimeout(timer)
  return first
}
