import type { Client } from '../../installer-core/api/client.ts'
import type { PracticeInput } from '../../installer-core/api/methods/practice-methods.ts'
import type { Actions } from './actions.ts'
import { loaded, loading } from './load.ts'
import { noPractice, type PracticeView } from './page-state.ts'
import type { PageStore } from './page-store.ts'

/** What a practice PC can be made from. */
export type PracticeSource =
  | { readonly kind: 'template'; readonly template: string }
  | { readonly kind: 'recording'; readonly target: string }

/** What a person can do with practice PCs. */
export class PracticeActions {
  readonly #store: PageStore
  readonly #engine: Client
  readonly #actions: Actions

  constructor(store: PageStore, engine: Client, actions: Actions) {
    this.#store = store
    this.#engine = engine
    this.#actions = actions
  }

  /** Fetches what the practice page shows, and asks for the screen. */
  async open(target: string | null): Promise<void> {
    const templates = await this.#engine.call('practice.templates', {})
    this.#set({
      templates: loaded(templates.ok ? { ok: true, value: templates.value.templates } : templates),
    })
    if (target === null || !target.startsWith('practice:')) return
    const [followed, next] = await Promise.all([
      this.#engine.call('practice.follow', { target, after: 0 }),
      this.#engine.call('practice.next', { target }),
    ])
    if (followed.ok) {
      const { state, lines, starts } = followed.value
      this.#set({ state, starts, lines: lines.map((line) => line.text) })
    }
    if (next.ok) this.#set({ next: next.value })
    await this.#engine.call('practice.watch', { target, watch: true })
  }

  async close(target: string): Promise<void> {
    await this.#engine.call('practice.watch', { target, watch: false })
  }

  async make(name: string, from: PracticeSource): Promise<void> {
    this.#set({ making: loading })
    const made = await this.#engine.call('practice.new', { name, from })
    this.#set({ making: loaded(made.ok ? { ok: true, value: made.value.target } : made) })
    await this.#actions.loadTargets()
    if (made.ok) this.#actions.go('practice', { target: made.value.target.id })
  }

  /** Deletes a practice PC; the one that was shown is left. */
  async remove(target: string): Promise<void> {
    const removed = await this.#engine.call('target.remove', { target })
    if (!removed.ok) this.#set({ failure: removed.failure })
    else if (this.#store.getState().route.target === target) {
      this.#forget()
      this.#actions.leave('practice')
    }
    await this.#actions.loadTargets()
  }

  /** Restarts a PC into what starts next; one to practise on is shown while it does. */
  async restart(target: string): Promise<void> {
    if (target.startsWith('practice:')) {
      this.#forget()
      this.#actions.go('practice', { target })
    }
    const restarted = await this.#engine.call('target.restart', { target })
    if (restarted.ok) return
    if (target.startsWith('practice:')) this.#set({ failure: restarted.failure })
    else this.#store.setState({ refused: restarted.failure })
  }

  async start(target: string): Promise<void> {
    this.#forget()
    const booted = await this.#engine.call('practice.boot', { target })
    this.#set(booted.ok ? { state: booted.value.state } : { failure: booted.failure })
    await this.#engine.call('practice.watch', { target, watch: true })
  }

  async power(target: string, action: 'cut' | 'button'): Promise<void> {
    const answer = await this.#engine.call('practice.power', { target, action })
    if (!answer.ok) this.#set({ failure: answer.failure })
  }

  input(target: string, input: PracticeInput): void {
    void this.#engine.call('practice.input', { target, input })
  }

  /** What the last start left on the page. */
  #forget(): void {
    this.#set({ ...noPractice, templates: this.#store.getState().practice.templates })
  }

  #set(change: Partial<PracticeView>): void {
    this.#store.setState({ practice: { ...this.#store.getState().practice, ...change } })
  }
}
