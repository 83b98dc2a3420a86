import type { JsonFrame } from './json-frame.ts'

const underWay = ['running', 'stopping']

/** Knows from what the engine tells everybody which runs are under way; the shell needs no more of a run than that. */
export class RunWatch {
  readonly #running = new Set<string>()
  readonly #changed: (busy: boolean) => void

  constructor(changed: (busy: boolean) => void) {
    this.#changed = changed
  }

  get runs(): readonly string[] {
    return [...this.#running]
  }

  get busy(): boolean {
    return this.#running.size > 0
  }

  hear({ method, params }: JsonFrame): void {
    if (method !== 'run.changed' || typeof params !== 'object' || params === null) return
    const { run, state } = params as Record<string, unknown>
    if (typeof run !== 'string' || typeof state !== 'string') return
    this.#change(() => (underWay.includes(state) ? this.#running.add(run) : this.#running.delete(run)))
  }

  /** The engine is gone, and what it ran with it. */
  clear(): void {
    this.#change(() => this.#running.clear())
  }

  #change(change: () => void): void {
    const before = this.busy
    change()
    if (this.busy !== before) this.#changed(this.busy)
  }
}
