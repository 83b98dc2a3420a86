import type { Client } from '../../installer-core/api/client.ts'
import { loaded, loading } from './load.ts'
import type { PageStore } from './page-store.ts'

/** What a person can do about the report. */
export class ReportActions {
  readonly #store: PageStore
  readonly #engine: Client

  constructor(store: PageStore, engine: Client) {
    this.#store = store
    this.#engine = engine
  }

  /** Fetches what the report would hold. */
  async preview(target: string): Promise<void> {
    const { release, choices } = this.#store.getState()
    this.#store.setState({ report: loading })
    const asked = { target, ...(release === null ? {} : { release, choices }) }
    const files = await this.#engine.call('report.preview', asked)
    this.#store.setState({ report: loaded(files.ok ? { ok: true, value: files.value.files } : files) })
  }

  /** Writes it to a folder, whose name is then shown. */
  async save(): Promise<void> {
    const { route, release, choices } = this.#store.getState()
    if (route.target === null) return
    this.#store.setState({ reportFolder: loading })
    const asked = { target: route.target, ...(release === null ? {} : { release, choices }) }
    const saved = await this.#engine.call('report.save', asked)
    this.#store.setState({
      reportFolder: loaded(saved.ok ? { ok: true, value: saved.value.folder } : saved),
    })
  }
}
