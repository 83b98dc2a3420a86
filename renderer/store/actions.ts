import type { Client } from '../../installer-core/api/client.ts'
import type { Settings } from '../../installer-core/api/methods/session-methods.ts'
import type { Choices } from '../../installer-core/model/choices.ts'
import { loaded, loading, valueOf } from './load.ts'
import { machineOf, plainChoices, type Proposal, type SystemName } from './page-state.ts'
import type { PageStore } from './page-store.ts'
import { offered, recompute, unsuitable } from './planning.ts'
import { planAsked, runAsked } from './requests.ts'
import { routeAddress, type PageName, type Route } from './route.ts'
import { isRunning, newRunView, withEvent, withSummary } from './run-view.ts'

/** Where the page keeps its address: the browser's location, or nothing in a story. */
export interface Address {
  go(address: string): void
}

/** A change of choices; null: Berth chooses again. */
export type Change = { readonly [K in keyof Choices]?: Choices[K] | null }

/** What a person can do on the pages, but for the practice PC's own screen and power. */
export class Actions {
  readonly #store: PageStore
  readonly #engine: Client
  readonly #address: Address

  constructor(store: PageStore, engine: Client, address: Address) {
    this.#store = store
    this.#engine = engine
    this.#address = address
  }

  /** Shows a page; what it needs is fetched when the address has changed. */
  go(page: PageName, more: Partial<Omit<Route, 'page'>> = {}): void {
    const { route } = this.#store.getState()
    this.#store.setState({ refused: null })
    this.#address.go(routeAddress({ page, target: route.target, run: null, topic: null, ...more }))
  }

  /** Takes in a new address and fetches what its page needs. */
  async arrive(route: Route): Promise<void> {
    const before = this.#store.getState()
    const target = route.target ?? before.route.target
    if (target !== before.route.target) this.#forget()
    this.#store.setState({ route: { ...route, target } })
    if (route.page === 'help') await this.searchHelp(before.helpQuery)
    if (route.run !== null && this.#store.getState().run?.run !== route.run) await this.follow(route.run)
    this.leaveEndedRun()
    if (target === null) return
    if (needsMachine(route.page) && this.#store.getState().looked.state === 'idle') await this.refresh()
    if (route.page === 'review' && this.#store.getState().proposal === null) await this.review('install')
    if (route.page === 'report') await this.#previewReport(target)
  }

  /** Reads the list of PCs; the first one is shown when the address names none. */
  async loadTargets(): Promise<void> {
    const answer = await this.#engine.call('targets.list', {})
    this.#store.setState({ targets: loaded(answer.ok ? { ok: true, value: answer.value.targets } : answer) })
    const { route } = this.#store.getState()
    if (!answer.ok || route.target !== null) return
    const { targets } = answer.value
    const first = targets.find((one) => one.access === 'read-write') ?? targets[0]
    if (first !== undefined) await this.arrive({ ...route, target: first.id })
  }

  /** Looks at a PC (again) and shows it. */
  look(target: string): void {
    if (target !== this.#store.getState().route.target) this.#forget()
    this.#store.setState({ looked: { state: 'idle' } })
    this.go('pc', { target })
    void this.arrive({ page: 'pc', target, run: null, topic: null })
  }

  /** Looks again: after a run, after a start, on request. */
  async refresh(): Promise<void> {
    const { target } = this.#store.getState().route
    if (target === null) return
    this.#store.setState({ looked: loading })
    const [looked, status, releases] = await Promise.all([
      this.#engine.call('target.probe', { target }),
      this.#engine.call('status.get', { target }),
      this.#engine.call('releases.list', {}),
    ])
    if (this.#store.getState().route.target !== target) return
    this.#store.setState({
      looked: loaded(looked),
      status: loaded(status.ok ? { ok: true, value: status.value.status } : status),
      releases: loaded(releases.ok ? { ok: true, value: releases.value.releases } : releases),
    })
    this.#preselect()
    this.#replan()
  }

  /** Asks for full rights on this PC; the engine says that the PC has changed when they were given. */
  async elevate(): Promise<void> {
    if (this.#store.getState().rights.state === 'loading') return
    this.#store.setState({ rights: loading })
    const given = await this.#engine.call('target.elevate', { target: 'this-pc' })
    this.#store.setState({ rights: loaded(given.ok ? { ok: true, value: true as const } : given) })
  }

  /** After a PC was looked at: the page that fits what is on it. */
  onward(): void {
    const fit = this.#suitable()
    const [only] = fit
    if (fit.length === 1 && only !== undefined) {
      this.chooseRelease(only)
      this.go('space')
    } else this.go('system')
  }

  chooseRelease(release: string): void {
    this.#store.setState({ release, proposal: null })
    this.#replan()
  }

  /** Changes choices and recomputes at once. A member set to null goes back to "Berth chooses". */
  choose(change: Change): void {
    const { choices } = this.#store.getState()
    const kept = Object.entries({ ...choices, ...change }).filter(([, value]) => value !== null)
    this.#store.setState({ choices: Object.fromEntries(kept) as unknown as Choices, proposal: null })
    this.#replan()
  }

  /** Asks the engine for the plan that will be confirmed. */
  async review(goal: Proposal['goal'], system: SystemName | null = null): Promise<void> {
    const asked = planAsked(this.#store.getState(), goal, system)
    if (asked === null) return
    this.#store.setState({ proposal: { goal, system, planned: loading } })
    const planned = await this.#engine.call('plan.make', asked)
    this.#store.setState({ proposal: { goal, system, planned: loaded(planned) } })
  }

  /** Opens the review of something else than an installation. */
  reviewOther(goal: Proposal['goal'], system: SystemName | null = null): void {
    this.#store.setState({ proposal: { goal, system, planned: loading } })
    this.go('review')
    void this.review(goal, system)
  }

  /** Begins what was confirmed. */
  async confirm(): Promise<void> {
    const { proposal } = this.#store.getState()
    const plan = proposal === null ? null : (valueOf(proposal.planned)?.plan ?? null)
    if (proposal === null || plan === null) return
    const asked = runAsked(this.#store.getState(), proposal, plan.fingerprint)
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
    await this.confirm()
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
    void this.refresh()
  }

  /** From the page of a run to what came of it. The end may be known before the address has changed, or after. */
  leaveEndedRun(): void {
    const { route, run } = this.#store.getState()
    if (run === null || run.report === null) return
    if (route.page === 'install' && route.run === run.run) this.go('done', { run: run.run })
  }

  async saveReport(): Promise<void> {
    const { route, release, choices } = this.#store.getState()
    if (route.target === null) return
    this.#store.setState({ reportFolder: loading })
    const asked = { target: route.target, ...(release === null ? {} : { release, choices }) }
    const saved = await this.#engine.call('report.save', asked)
    this.#store.setState({
      reportFolder: loaded(saved.ok ? { ok: true, value: saved.value.folder } : saved),
    })
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

  /** Opens the machine of somebody's report as a PC to look at. */
  async openRecording(name: string, text: string): Promise<void> {
    const opened = await this.#engine.call('target.open-recording', { name: name.slice(0, 200), text })
    if (!opened.ok) return this.#store.setState({ refused: opened.failure })
    await this.loadTargets()
    this.look(opened.value.target.id)
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
    this.go('install', { run })
    const power = await this.#engine.call('host.power', {})
    if (power.ok) this.#store.setState({ power: power.value })
    await this.follow(run)
  }

  #suitable(): readonly string[] {
    const state = this.#store.getState()
    const machine = machineOf(state)
    return (valueOf(state.releases) ?? []).flatMap((listed) => {
      const release = offered(listed)
      if (machine === null || release === null) return []
      return unsuitable(machine, release, plainChoices).length === 0 ? [listed.id] : []
    })
  }

  /** The one that was chosen before, else the first that suits, else the first. */
  #preselect(): void {
    const { releases, release } = this.#store.getState()
    const known = valueOf(releases) ?? []
    if (known.some((one) => one.id === release)) return
    this.#store.setState({ release: this.#suitable()[0] ?? known[0]?.id ?? null })
  }

  #replan(): void {
    const state = this.#store.getState()
    const machine = machineOf(state)
    const chosen = offered((valueOf(state.releases) ?? []).find((one) => one.id === state.release))
    this.#store.setState({
      outcome: machine === null || chosen === null ? null : recompute(machine, state.choices, chosen),
    })
  }

  #forget(): void {
    const none = { state: 'idle' } as const
    this.#store.setState({
      looked: none,
      status: none,
      outcome: null,
      proposal: null,
      report: none,
      reportFolder: none,
      choices: plainChoices,
    })
  }

  async #previewReport(target: string): Promise<void> {
    const { release, choices } = this.#store.getState()
    this.#store.setState({ report: loading })
    const asked = { target, ...(release === null ? {} : { release, choices }) }
    const files = await this.#engine.call('report.preview', asked)
    this.#store.setState({ report: loaded(files.ok ? { ok: true, value: files.value.files } : files) })
  }
}

function needsMachine(page: PageName): boolean {
  return page !== 'welcome' && page !== 'help' && page !== 'install'
}
