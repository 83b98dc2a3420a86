import { existsSync } from 'node:fs'
import type {
  PracticeInput,
  PracticeLine,
  PracticeScreen,
  PracticeStart,
  PracticeState,
} from '../api/methods/practice-methods.ts'
import type { TargetId } from '../api/wire-values.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { BootUntil } from '../practice/boot-schema.ts'
import { bootPracticePc } from '../practice/boot.ts'
import type { RunningPc } from '../practice/qemu/running-pc.ts'
import { watchScreen } from '../practice/screen/watch-screen.ts'
import { pointerEvents } from './pointer-events.ts'

export interface PracticeTold {
  onState(state: PracticeState): void
  onLine(line: PracticeLine): void
  onStart(start: PracticeStart): void
  onScreen(screen: PracticeScreen): void
}

interface Switched {
  state: PracticeState['state']
  start: number
  end: PracticeState['end']
  pc: RunningPc | null
  readonly lines: PracticeLine[]
  readonly starts: PracticeStart[]
  held: readonly string[]
  screen: PracticeScreen | null
  ended: Promise<void>
}

const keptLines = 2000
const followedLines = 500
/** A PNG of this size stays within a frame as base64. */
const largestScreen = 700_000
/** A person may leave it on over night. */
const limitSeconds = 24 * 3600
const maxRestarts = 99

/** The practice PCs that are switched on, with somebody sitting at them. */
export class PracticeRoom {
  readonly #pcs = new Map<TargetId, Switched>()
  readonly #watchers = new Map<TargetId, Set<object>>()
  readonly #told: PracticeTold

  constructor(told: PracticeTold) {
    this.#told = told
  }

  isOn(target: TargetId): boolean {
    return (this.#pcs.get(target)?.state ?? 'off') !== 'off'
  }

  /** Switches it on; resolves when it is on, or with what went wrong. */
  async boot(target: TargetId, folder: string, until: BootUntil | undefined): Promise<Result<PracticeState>> {
    if (this.isOn(target)) return fail('busy', { what: target })
    const before = this.#pcs.get(target)
    const pc: Switched = {
      state: 'starting',
      start: 0,
      end: null,
      pc: null,
      lines: before?.lines ?? [],
      starts: [],
      held: [],
      screen: null,
      ended: Promise.resolve(),
    }
    this.#pcs.set(target, pc)
    this.#told.onState(this.#state(target, pc))
    return new Promise((resolve) => {
      const started = () => resolve(ok(this.#state(target, pc)))
      pc.ended = this.#run(target, pc, folder, until, started).then((result) => {
        if (!result.ok) resolve(result)
      })
    })
  }

  async power(target: TargetId, action: 'cut' | 'button'): Promise<Result<void>> {
    const pc = this.#pcs.get(target)?.pc
    if (pc === null || pc === undefined) return fail('not-found', { what: target, where: 'practice' })
    return action === 'cut' ? pc.cutPower() : pc.powerButton()
  }

  async input(target: TargetId, input: PracticeInput): Promise<Result<void>> {
    const switched = this.#pcs.get(target)
    const pc = switched?.pc
    if (switched === undefined || pc === null || pc === undefined)
      return fail('not-found', { what: target, where: 'practice' })
    switch (input.kind) {
      case 'key':
        return pc.input(input)
      case 'keys':
        return pc.press(...input.keys)
      case 'serial':
        pc.type(input.text)
        return ok(undefined)
      case 'pointer': {
        const events = pointerEvents(switched.held, input)
        switched.held = input.buttons
        return pc.input(...events)
      }
    }
  }

  /** `watcher` gets screens from now on, or no more. Gives the present screen to begin with. */
  watch(target: TargetId, watcher: object, watch: boolean): PracticeScreen | null {
    const watchers = this.#watchers.get(target) ?? new Set()
    this.#watchers.set(target, watchers)
    if (watch) watchers.add(watcher)
    else watchers.delete(watcher)
    return watch ? (this.#pcs.get(target)?.screen ?? null) : null
  }

  isWatching(target: TargetId, watcher: object): boolean {
    return this.#watchers.get(target)?.has(watcher) ?? false
  }

  /** A connection is gone. */
  forget(watcher: object): void {
    for (const watchers of this.#watchers.values()) watchers.delete(watcher)
  }

  follow(target: TargetId, after: number) {
    const pc = this.#pcs.get(target)
    if (pc === undefined) return { state: offState(target), lines: [], starts: [] }
    const lines = pc.lines.filter((line) => line.sequence > after).slice(-followedLines)
    return { state: this.#state(target, pc), lines, starts: pc.starts }
  }

  /** Cuts the power of all and waits until they are off. */
  async close(): Promise<void> {
    for (const { pc } of this.#pcs.values()) await pc?.cutPower()
    await Promise.all([...this.#pcs.values()].map((pc) => pc.ended))
  }

  async #run(
    target: TargetId,
    pc: Switched,
    folder: string,
    until: BootUntil | undefined,
    started: () => void,
  ): Promise<Result<void>> {
    const result = await this.#boot(target, pc, folder, until, started).catch((thrown: unknown) =>
      fail('engine-fault', { what: thrown instanceof Error ? thrown.message : String(thrown) }),
    )
    pc.state = 'off'
    pc.pc = null
    pc.screen = null
    if (!result.ok) pc.end = 'broken'
    this.#told.onState(this.#state(target, pc))
    return result
  }

  async #boot(
    target: TargetId,
    pc: Switched,
    folder: string,
    until: BootUntil | undefined,
    started: () => void,
  ): Promise<Result<void>> {
    if (!existsSync(folder)) return fail('not-found', { what: target })
    const booted = await bootPracticePc(folder, {
      ...(until === undefined ? {} : { until }),
      limitSeconds,
      maxRestarts,
      onLine: (line) => this.#line(target, pc, line),
      onStarted: (running) => {
        pc.state = 'on'
        pc.pc = running
        pc.start += 1
        void this.#show(target, pc, running)
        this.#told.onState(this.#state(target, pc))
        started()
      },
      onStartEnded: ({ bootCurrent, description, reason, end, durationMs }) => {
        pc.end = end
        pc.held = []
        const told = { target, start: pc.start, entry: bootCurrent, description, reason, end, durationMs }
        pc.starts.push(told)
        this.#told.onStart(told)
      },
    })
    return booted.ok ? ok(undefined) : booted
  }

  #line(
    target: TargetId,
    pc: Switched,
    { atMs, text }: { readonly atMs: number; readonly text: string },
  ): void {
    const sequence = (pc.lines.at(-1)?.sequence ?? 0) + 1
    const line = { target, sequence, start: Math.max(1, pc.start), atMs, text }
    pc.lines.push(line)
    if (pc.lines.length > keptLines) pc.lines.shift()
    this.#told.onLine(line)
  }

  #show(target: TargetId, pc: Switched, running: RunningPc): Promise<void> {
    let sequence = 0
    return watchScreen(running, {
      wanted: () => (this.#watchers.get(target)?.size ?? 0) > 0,
      most: largestScreen,
      onScreen: ({ width, height, png }) => {
        sequence += 1
        const data = Buffer.from(png).toString('base64')
        pc.screen = { target, sequence, width, height, format: 'png', data }
        this.#told.onScreen(pc.screen)
      },
    })
  }

  #state(target: TargetId, { state, start, end, lines }: Switched): PracticeState {
    return { target, state, start, end, lastLine: lines.at(-1)?.sequence ?? 0 }
  }
}

function offState(target: TargetId): PracticeState {
  return { target, state: 'off', start: 0, end: null, lastLine: 0 }
}
