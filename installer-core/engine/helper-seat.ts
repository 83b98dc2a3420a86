import { linuxPlaces } from '../adapters/linux/linux-places.ts'
import { restartPc } from '../adapters/linux/logind.ts'
import { fail, ok, type Result } from '../base/result.ts'
import type { HelperClient } from '../helper/helper-client.ts'
import { RemoteInstaller } from '../helper/remote-installer.ts'
import type { OpenPlace } from './open-place.ts'

/** Starts a helper; asks a person for it. */
export type HelperStarter = () => Promise<Result<HelperClient>>

/**
 * The engine's one helper with full rights: asked for once, there until the engine ends or the helper does. Without it
 * this PC can be looked at and nothing more.
 */
export class HelperSeat {
  readonly #start: HelperStarter | null
  readonly #onChanged: () => void
  #starting: Promise<Result<void>> | null = null
  #held: { readonly client: HelperClient; readonly installer: RemoteInstaller } | null = null

  /** `start` is null where there is no helper yet. */
  constructor(start: HelperStarter | null, onChanged: () => void) {
    this.#start = start
    this.#onChanged = onChanged
  }

  get isTaken(): boolean {
    return this.#held !== null
  }

  /** Asks for full rights, unless they are there; whoever asks meanwhile gets the same answer. */
  elevate(): Promise<Result<void>> {
    if (this.#held !== null) return Promise.resolve(ok(undefined))
    this.#starting ??= this.#begin().finally(() => (this.#starting = null))
    return this.#starting
  }

  /** This PC by its helper; `elevation-needed` without one, `this-pc-later` where there is none. */
  open(): Result<OpenPlace> {
    if (this.#start === null) return fail('this-pc-later')
    if (this.#held === null) return fail('elevation-needed')
    const { installer } = this.#held
    // A restart needs no rights that the person at the PC lacks: it goes the way of the system's own menu.
    const restart = () => restartPc(linuxPlaces)
    return ok({ installer, journal: installer.journal, restart, close: async () => undefined })
  }

  /** Lets go of the helper, which ends. */
  close(): void {
    this.#held?.client.close()
  }

  async #begin(): Promise<Result<void>> {
    if (this.#start === null) return fail('this-pc-later')
    const started = await this.#start()
    if (!started.ok) return started
    const client = started.value
    this.#held = { client, installer: new RemoteInstaller(client) }
    void client.closed.then(() => {
      this.#held = null
      this.#onChanged()
    })
    this.#onChanged()
    return ok(undefined)
  }
}
