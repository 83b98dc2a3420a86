import type { Client } from '../../installer-core/api/client.ts'
import type { ListedRelease } from '../../installer-core/api/methods/plan-methods.ts'
import type { Choices } from '../../installer-core/model/choices.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { isMissing, loaded, loading, needsRights, valueOf } from './load.ts'
import { machineOf, plainChoices, type RoomChoice } from './page-state.ts'
import type { PageStore } from './page-store.ts'
import { offered, recompute, unsuitable, type OfferedRelease } from './planning.ts'
import { ReportActions } from './report-actions.ts'
import { fitsWithRoom, systemsOf } from './room-offer.ts'
import { variantFirst } from './variants.ts'
import { reviewedAt } from './reviewed.ts'
import { routeAddress, type PageName, type Route } from './route.ts'
import { RunActions } from './run-actions.ts'
import { SessionActions } from './session-actions.ts'

/** Where the page keeps its address: the browser's location, or nothing in a story. */
export interface Address {
  go(address: string): void
}

/** A change of choices; null: Berth chooses again. */
export type Change = { readonly [K in keyof Choices]?: Choices[K] | null }

/** What a person can do on the pages: where they go and what they choose there; the rest by noun. */
export class Actions {
  readonly runs: RunActions
  readonly reports: ReportActions
  readonly session: SessionActions
  readonly #store: PageStore
  readonly #engine: Client
  readonly #address: Address

  constructor(store: PageStore, engine: Client, address: Address) {
    this.#store = store
    this.#engine = engine
    this.#address = address
    this.runs = new RunActions(store, engine, this)
    this.reports = new ReportActions(store, engine)
    this.session = new SessionActions(store, engine)
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
    if (route.page === 'you') await this.#suggest()
    if (route.page === 'help') await this.session.searchHelp(before.helpQuery)
    if (route.run !== null && this.#store.getState().run?.run !== route.run) await this.runs.follow(route.run)
    this.runs.leaveEndedRun()
    if (target === null) return
    if (needsMachine(route.page) && isMissing(this.#store.getState().looked)) await this.refresh()
    if (route.page === 'review') await this.#reviewAgain()
    if (route.page === 'report') await this.reports.preview(target)
  }

  /** The review of an address that was opened by itself, or whose plan was lost with the connection or lacked rights. */
  async #reviewAgain(): Promise<void> {
    const { proposal, route } = this.#store.getState()
    const { goal, system } = reviewedAt(route)
    const isThere = proposal?.goal === goal && proposal.system === system
    if (isThere && !isMissing(proposal.planned) && !needsRights(proposal.planned)) return
    // How much room is wished for stands in no address: it is chosen again.
    if (goal === 'make-room' && this.#store.getState().room === null) return this.go('space')
    await this.runs.review(goal, system)
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

  /** Shows a page without the PC that was shown: it is gone. */
  leave(page: PageName): void {
    this.#forget()
    this.#store.setState({ route: { page, target: null, run: null, topic: null } })
    this.go(page)
  }

  /** Looks again: after a run, after a start, on request. */
  async refresh(): Promise<void> {
    const { target } = this.#store.getState().route
    if (target === null) return
    this.#store.setState({ looked: loading })
    const [looked, status, releases, found, networks] = await Promise.all([
      this.#engine.call('target.probe', { target }),
      this.#engine.call('status.get', { target }),
      this.#engine.call('releases.list', {}),
      this.#engine.call('room.get', { target }),
      this.#engine.call('networks.get', { target }),
    ])
    if (this.#store.getState().route.target !== target) return
    this.#store.setState({
      looked: loaded(looked),
      status: loaded(status.ok ? { ok: true, value: status.value.status } : status),
      releases: loaded(releases.ok ? { ok: true, value: releases.value.releases } : releases),
      foundRoom: loaded(found.ok ? { ok: true, value: found.value.room } : found),
      networks: loaded(networks.ok ? { ok: true, value: networks.value.known } : networks),
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
    if (given.ok && this.#store.getState().route.page === 'review') await this.#reviewAgain()
  }

  /** Shows the plan for the start that makes this room. */
  makeRoom(room: RoomChoice): void {
    this.#store.setState({ room })
    this.runs.reviewOther('make-room')
  }

  /** After a PC was looked at: the page that fits what is on it. */
  onward(): void {
    const now = this.#suitable(isFit)
    const fit = now.length > 0 ? now : this.#suitable(fitsWithRoom)
    const [only] = fit
    if (fit.length === 1 && only !== undefined) {
      this.chooseRelease(only)
      this.go('space')
    } else this.go('system')
  }

  /** Fetches the newest catalogue; from where it came from before when no source is named. */
  async fetchCatalogue(source: string): Promise<void> {
    this.#store.setState({ catalogue: loading })
    const asked = source.trim() === '' ? {} : { source: source.trim() }
    const fetched = await this.#engine.call('catalogue.fetch', asked)
    this.#store.setState({ catalogue: loaded(fetched) })
    if (fetched.ok) await this.refresh()
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

  /** Opens the machine of somebody's report as a PC to look at. */
  async openRecording(name: string, text: string): Promise<void> {
    const opened = await this.#engine.call('target.open-recording', { name: name.slice(0, 200), text })
    if (!opened.ok) return this.#store.setState({ refused: opened.failure })
    await this.loadTargets()
    this.look(opened.value.target.id)
  }

  async #suggest(): Promise<void> {
    const answer = await this.#engine.call('host.you', {})
    if (answer.ok) this.#store.setState({ suggested: answer.value.you })
  }

  #systems(): readonly ListedRelease[] {
    return systemsOf(valueOf(this.#store.getState().releases) ?? [])
  }

  #suitable(fits: (machine: Machine, release: OfferedRelease) => boolean): readonly string[] {
    const machine = machineOf(this.#store.getState())
    return this.#systems().flatMap((listed) => {
      const release = offered(listed)
      return machine !== null && release !== null && fits(machine, release) ? [listed.id] : []
    })
  }

  /**
   * The one that was chosen before, else the first that suits, now or with room that is made, else the first; of variants for
   * other graphics the one for this PC.
   */
  #preselect(): void {
    const { release } = this.#store.getState()
    const known = this.#systems()
    if (known.some((one) => one.id === release)) return
    const machine = machineOf(this.#store.getState())
    const ways = [this.#suitable(isFit), this.#suitable(fitsWithRoom), known.map(({ id }) => id)]
    const [first = null] = ways.flatMap((ids) => variantFirst(known, ids, machine))
    this.#store.setState({ release: first })
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
      foundRoom: none,
      networks: none,
      room: null,
      outcome: null,
      proposal: null,
      report: none,
      reportFolder: none,
      choices: plainChoices,
      release: null,
    })
  }
}

function isFit(machine: Machine, release: OfferedRelease): boolean {
  return unsuitable(machine, release, plainChoices).length === 0
}

function needsMachine(page: PageName): boolean {
  return page !== 'welcome' && page !== 'help' && page !== 'install'
}
