import { dialog, type BrowserWindow } from 'electron'
import type { RunWatch } from './run-watch.ts'
import type { Words } from './words.ts'

/** Closing the window while a run is under way asks first; who wants to close gets the run stopped at a safe point before. */
export class CloseGuard {
  readonly #window: BrowserWindow
  readonly #runs: RunWatch
  readonly #stop: (run: string) => void
  readonly #words: Words
  #asking = false
  #closing = false

  constructor(window: BrowserWindow, runs: RunWatch, stop: (run: string) => void, words: Words) {
    this.#window = window
    this.#runs = runs
    this.#stop = stop
    this.#words = words
    window.on('close', (event) => {
      if (!this.#runs.busy) return
      event.preventDefault()
      if (!this.#closing && !this.#asking) void this.#ask()
    })
  }

  /** To be called when no run is under way any more. */
  idle(): void {
    if (this.#closing) this.#window.close()
  }

  async #ask(): Promise<void> {
    this.#asking = true
    const { closeTitle, closeDetail, stay, stopAndClose } = this.#words
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'warning',
      message: closeTitle,
      detail: closeDetail,
      buttons: [stay, stopAndClose],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    this.#asking = false
    if (response !== 1) return
    this.#closing = true
    if (!this.#runs.busy) return this.#window.close()
    for (const run of this.#runs.runs) this.#stop(run)
  }
}
