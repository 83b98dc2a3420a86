/** Tells when nothing has been going on for a while. */
export class IdleClock {
  readonly #timer: NodeJS.Timeout
  #since = performance.now()

  /** Calls `onIdle` once when `isBusy` was false for `idleMs`. */
  constructor(idleMs: number, isBusy: () => boolean, onIdle: () => void) {
    this.#timer = setInterval(
      () => {
        if (isBusy()) this.touch()
        else if (performance.now() - this.#since >= idleMs) {
          this.stop()
          onIdle()
        }
      },
      Math.min(1000, Math.max(10, idleMs / 4)),
    )
  }

  /** Something went on just now. */
  touch(): void {
    this.#since = performance.now()
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
