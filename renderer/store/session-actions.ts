import type { Client } from '../../installer-core/api/client.ts'
import type { Settings } from '../../installer-core/api/methods/session-methods.ts'
import { loaded } from './load.ts'
import type { PageStore } from './page-store.ts'

/** What is asked of the engine for the page as a whole: help and settings. */
export class SessionActions {
  readonly #store: PageStore
  readonly #engine: Client

  constructor(store: PageStore, engine: Client) {
    this.#store = store
    this.#engine = engine
  }

  async searchHelp(helpQuery: string): Promise<void> {
    this.#store.setState({ helpQuery })
    const found = await this.#engine.call('help.search', { text: helpQuery.slice(0, 200) })
    if (this.#store.getState().helpQuery !== helpQuery) return
    this.#store.setState({ help: loaded(found.ok ? { ok: true, value: found.value.pages } : found) })
  }

  async readSettings(): Promise<void> {
    const settings = await this.#engine.call('settings.get', {})
    if (settings.ok) this.#store.setState({ settings: settings.value })
  }

  async set(change: Partial<Settings>): Promise<void> {
    const before = this.#store.getState().settings
    this.#store.setState({ settings: { ...before, ...change } })
    await this.#engine.call('settings.set', change)
  }
}
