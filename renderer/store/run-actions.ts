import type { Client } from '../../installer-core/api/client.ts'
import { loaded, loading, valueOf } from './load.ts'
import type { Proposal, SystemName } from './page-state.ts'
import type { PageStore } from './page-store.ts'
import { planAsked, runAsked } from './requests.ts'
import { reviewTopic } from './reviewed.ts'
import type { PageName, Route } from './route.ts'
import { isRunning, newRunView, withEvent, withSummary } from './run-view.ts'

/** What a run needs of the pages: another one shown, the PC looked at anew. */
export interface Pages {
  go(page: PageName, more?: Partial<Omit<Route, 'page'>>): void
  refresh(): Promise<void>
}

/** What a person can do about a plan and its run. */
export class RunActions {
  readonly #store: PageStore
  readonly #engine: Client
  readonly #pages: Pages

  constructor(store: PageStore, engine: Client, pages: Pages) {
    this.#store = store
    this.#engine = engine
    this.#pages = pages
  }

  /** Asks the engine for the plan that will be confirmed. */
  async review(goal: Proposal['goal'], system: SystemName | null = null): Promise<void> {
    const asked = planAsked(this.#store.getState(), goal, system)
    if (asked === null) return
    const pending = { goal, system, planned: loading }
    this.#store.setState({ proposal: pending })
    const planned = await this.#engine.call('plan.make', asked)
    // Something else may be under review by now.
    if (this.#store.getState().proposal !== pending) return
    this.#store.setState({ proposal: { goal, system, planned: loaded(planned) } })
  }

  /** Opens the review of something else than an installation. */
  reviewOther(goal: Proposal['goal'], system: SystemName | null = null): void {
    this.#store.setState({ proposal: { goal, system, planned: loading } })
    this.#pages.go('review', { topic: reviewTopic({ goal, system }) })
    void this.review(goal, system)
  }

  /** Begins what was confirmed. */
  async confirm(): Promise<void> {
    const { proposal } = this.#store.getState()
    const plan = proposal === null ? null : (valueOf(proposal.planned)?.plan ?? null)
    if (proposal === null || plan === null) return
    const asked = runAsked(this.#store.getState(), proposal, plan)
    if (asked !== null) await this.#begin(asked, proposal)
  }

  /** Finishes an unfinished run or takes it back. */
  async recover(): Promise<void> {
    const { target } = this.#store.getState().route
    if (target !== null) await this.#begin({ goal: 'recover', target }, null)
  }

  /** Switches the next start to another system: one change that takes itself back. */
  async switchTo(system: SystemName): Promise<void> {
    await this.review('switch', system)
    const { proposal } = this.#store.getState()
    const planned = proposal === null ? null : valueOf(proposal.planned)
    // What stands in the way is said where every plan is.
    if (planned?.plan === null) this.#pages.go('review', { topic: reviewTopic({ goal: 'switch', system }) })
    else await this.confirm()
  }

  async stop(): Promise<void> {
    const { run } = this.#store.getState()
    if (run === null || run.stopping) return
    this.#store.setState({ run: { ...run, stopping: true } })
    await this.#engine.call('run.stop', { run: run.run })
  }

  /** Picks a run up where this page last saw it. */
  async follow(run: string): Promise<void> {
    for (let more = true; more;) {
      const known = this.#store.getState().run
      const view = known?.run === run ? known : newRunView(run, 'install')
      this.#store.setState({ run: view })
      const answer = await this.#engine.call('run.follow', { run, after: view.sequence })
      const now = this.#store.getState().run
      if (now?.run !== run) return
      // The engine that comes next says what became of the run.
      if (!answer.ok && answer.failure.code === 'connection-lost') return
      if (!answer.ok) return this.#store.setState({ run: { ...now, failure: answer.failure } })
      const caughtUp = answer.value.events.reduce(withEvent, now)
      this.#store.setState({ run: withSummary(caughtUp, answer.value.run) })
      if (isRunning(now) && caughtUp.report !== null) this.runEnded()
      more = answer.value.more
    }
    this.leaveEndedRun()
  }

  /** What a run's end leads to, however the page came to know of it: the PC is looked at anew, the last page is shown. */
  runEnded(): void {
    this.leaveEndedRun()
    void this.#pages.refresh()
  }

  /** From the page of a run to what came of it. The end may be known before the address has changed, or after. */
  leaveEndedRun(): void {
    const { route, run } = this.#store.getState()
    if (run === null || run.report === null) return
    if (route.page === 'install' && route.run === run.run) this.#pages.go('done', { run: run.run })
  }

  async #begin(asked: NonNullable<ReturnType<typeof runAsked>>, proposal: Proposal | null): Promise<void> {
    const begun = await this.#engine.call('run.start', asked)
    if (!begun.ok) {
      if (proposal === null) this.#store.setState({ refused: begun.failure })
      else this.#store.setState({ proposal: { ...proposal, planned: loaded(begun) } })
      return
    }
    const kinds =
      proposal === null ? [] : (valueOf(proposal.planned)?.plan?.steps ?? []).map((one) => one.kind)
    const { run } = begun.value
    this.#store.setState({ run: newRunView(run, asked.goal, kinds) })
    this.#pages.go('install', { run })
    const power = await this.#engine.call('host.power', {})
    if (power.ok) this.#store.setState({ power: power.value })
    await this.follow(run)
  }
}
