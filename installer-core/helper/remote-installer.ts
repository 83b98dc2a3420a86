import { nodeClock } from '../adapters/node-clock.ts'
import { hashText, nodeHasher } from '../adapters/node-hasher.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import { checkRelease } from '../execute/check-release.ts'
import type { Confirmation, InstallerFace, RunOptions } from '../installer.ts'
import type { Choices } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import type { KnownNetworks } from '../model/networks.ts'
import type { Report, RunEvent } from '../model/report.ts'
import type { FoundStage } from '../model/stage.ts'
import type { Status } from '../model/status.ts'
import { confirmedPlan } from '../plan/confirmed-plan.ts'
import { releaseAtHand, writesFiles, type ReleaseAtHand } from '../plan/make-repair-plan.ts'
import type { SwitchTarget } from '../plan/make-switch-plan.ts'
import type { RoomWish } from '../plan/room-wish.ts'
import { planForRelease } from '../plan/plan-for-release.ts'
import type { Planned } from '../plan/plan-outcome.ts'
import { neverCancelled } from '../ports/cancellation.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import type { HelperClient } from './helper-client.ts'
import type { HelperParams, OutcomeResult, ProbeAnswer } from './wire.ts'

type LaterRun = HelperParams<'run'> & { readonly goal: 'confirm' | 'switch' }

/** How often it is looked whether the person asked to stop; in milliseconds. */
const cancelEveryMs = 100

/**
 * An installer whose PC is in the hands of a helper with full rights: the same questions, the same answers. The helper
 * looks, plans and compares again by itself; nothing that is said here makes it do what was not confirmed.
 */
export class RemoteInstaller implements InstallerFace {
  readonly #client: HelperClient
  readonly #asked = new Map<string, LaterRun>()
  #looking: Promise<Result<ProbeAnswer>> | null = null
  #looked: ProbeAnswer | null = null

  constructor(client: HelperClient) {
    this.#client = client
  }

  async machine(): Promise<Result<Machine>> {
    const looked = await this.#look()
    return looked.ok ? ok(looked.value.machine) : looked
  }

  async networks(): Promise<Result<KnownNetworks | null>> {
    const looked = await this.#look()
    return looked.ok ? ok(looked.value.networks) : looked
  }

  async plan(choices: Choices, release: OpenRelease): Promise<Result<Planned>> {
    const looked = await this.#look()
    return looked.ok ? planForRelease(looked.value.machine, choices, release, hashText) : looked
  }

  async planConfirm({ defaultSystem }: Pick<Choices, 'defaultSystem'>): Promise<Result<Planned>> {
    return this.#planned(
      ({ plans }) => plans.confirm[defaultSystem],
      (agreed) => ({ ...agreed, goal: 'confirm', defaultSystem }),
    )
  }

  async planSwitch(system: SwitchTarget): Promise<Result<Planned>> {
    return this.#planned(
      ({ plans }) => plans.switch[system],
      (agreed) => ({ ...agreed, goal: 'switch', system }),
    )
  }

  async planRepair(release: ReleaseAtHand | null): Promise<Result<Planned>> {
    return this.#planned(
      ({ plans, installed }) => plans.repair[isInstalled(release, installed) ? 'with' : 'without'],
    )
  }

  async planUndo(): Promise<Result<Planned>> {
    return this.#planned(({ plans }) => plans.undo)
  }

  async install(
    choices: Choices,
    release: OpenRelease,
    { fingerprint, shown }: Confirmation,
    options: RunOptions = {},
  ): Promise<Result<Report>> {
    const agreed = confirmedPlan(await this.plan(choices, release), fingerprint, shown)
    if (!agreed.ok) return agreed
    const told = inOrder(options)
    const here = agreed.value.plan.steps.length === 0 ? done : await fetchOffered(release, told)
    if (!here.ok) return here
    return this.#run(told, (probe) =>
      this.#client.call('run', {
        goal: 'install',
        probe,
        fingerprint,
        release: release.manifest.id,
        choices,
      }),
    )
  }

  async repair(
    release: OpenRelease | null,
    fingerprint: string | null,
    options: RunOptions = {},
  ): Promise<Result<Report>> {
    const atHand = releaseAtHand(release)
    const agreed = confirmedPlan(await this.planRepair(atHand), fingerprint)
    if (!agreed.ok) return agreed
    const confirmed = agreed.value.plan.fingerprint
    const usable = isInstalled(atHand, this.#looked?.installed ?? null) ? release : null
    const told = inOrder(options)
    const here = usable === null || !writesFiles(agreed.value.plan) ? done : await fetchOffered(usable, told)
    if (!here.ok) return here
    const id = usable?.manifest.id ?? null
    return this.#run(told, (probe) =>
      this.#client.call('run', { goal: 'repair', probe, fingerprint: confirmed, release: id }),
    )
  }

  async run(
    planned: Result<Planned>,
    fingerprint: string,
    options: RunOptions = {},
  ): Promise<Result<Report>> {
    const agreed = confirmedPlan(planned, fingerprint)
    if (!agreed.ok) return agreed
    const asked = this.#asked.get(fingerprint)
    if (asked === undefined) return fail('fingerprint-differs', { required: fingerprint, difference: null })
    return this.#run(options, (probe) => this.#client.call('run', { ...asked, probe }))
  }

  async undo(fingerprint: string | null, options: RunOptions = {}): Promise<Result<Report>> {
    const agreed = confirmedPlan(await this.planUndo(), fingerprint)
    if (!agreed.ok) return agreed
    const confirmed = agreed.value.plan.fingerprint
    return this.#run(options, (probe) => this.#client.call('undo', { probe, fingerprint: confirmed }))
  }

  async stage(): Promise<Result<FoundStage | null>> {
    const looked = await this.#look()
    return looked.ok ? looked.value.stage : looked
  }

  /** The helper opens the release itself, from the caller's cache by its id. */
  async planRoom(wish: RoomWish, { manifest }: OpenRelease): Promise<Result<Planned>> {
    const looked = await this.#ask({ room: { stage: manifest.id, ...wish } })
    if (!looked.ok) return looked
    const { machine, plans } = looked.value
    if (plans.room === null) return fail('helper-lost')
    return plans.room.ok ? ok({ machine, ...plans.room.value }) : plans.room
  }

  async planClearRoom(): Promise<Result<Planned>> {
    return this.#planned(({ plans }) => plans.clearRoom)
  }

  /** Looks again with the wish: others may have looked without it since it was shown. */
  async makeRoom(
    wish: RoomWish,
    release: OpenRelease,
    fingerprint: string,
    options: RunOptions = {},
  ): Promise<Result<Report>> {
    const agreed = confirmedPlan(await this.planRoom(wish, release), fingerprint)
    if (!agreed.ok) return agreed
    const told = inOrder(options)
    const here = await fetchOffered(release, told)
    if (!here.ok) return here
    return this.#run(told, (probe) => this.#client.call('run', { goal: 'make-room', probe, fingerprint }))
  }

  async clearRoom(fingerprint: string, options: RunOptions = {}): Promise<Result<Report>> {
    const agreed = confirmedPlan(await this.planClearRoom(), fingerprint)
    if (!agreed.ok) return agreed
    return this.#run(options, (probe) => this.#client.call('run', { goal: 'clear-room', probe, fingerprint }))
  }

  async recover(options: RunOptions = {}): Promise<Result<Report>> {
    const looked = await this.#look()
    if (!looked.ok) return looked
    const { recover } = looked.value
    if (!recover.ok) return recover
    const fingerprint = recover.value
    return this.#run(options, (probe) => this.#client.call('run', { goal: 'recover', probe, fingerprint }))
  }

  async status(): Promise<Result<Status>> {
    const looked = await this.#look()
    return looked.ok ? looked.value.status : looked
  }

  /** The journals that the last look brought, to read only. */
  get journal(): JournalStore {
    const journals = () => this.#looked?.journals ?? []
    return {
      runs: async () => ok(journals().map(({ run }) => run)),
      read: async (run) => {
        const text = journals().find((one) => one.run === run)?.text
        return text === undefined ? fail('not-found', { what: run }) : ok(new TextEncoder().encode(text))
      },
      append: async () => fail('read-only', { what: 'journal' }),
      lock: async () => fail('read-only', { what: 'journal' }),
    }
  }

  /** Whoever asks while a look is under way gets that one. */
  #look(): Promise<Result<ProbeAnswer>> {
    this.#looking ??= this.#ask({}).finally(() => (this.#looking = null))
    return this.#looking
  }

  async #ask(params: HelperParams<'probe'>): Promise<Result<ProbeAnswer>> {
    const looked = await this.#client.call('probe', params)
    if (looked.ok) this.#looked = looked.value
    return looked
  }

  async #planned(
    pick: (looked: ProbeAnswer) => OutcomeResult,
    later?: (agreed: { readonly probe: string; readonly fingerprint: string }) => LaterRun,
  ): Promise<Result<Planned>> {
    const looked = await this.#look()
    if (!looked.ok) return looked
    const picked = pick(looked.value)
    if (!picked.ok) return picked
    const { plan } = picked.value
    if (plan !== null && later !== undefined)
      this.#asked.set(plan.fingerprint, later({ probe: looked.value.probe, fingerprint: plan.fingerprint }))
    return ok({ machine: looked.value.machine, ...picked.value })
  }

  /** Asks for a run of the last look, hands on its events, and passes on the wish to stop. */
  async #run(
    { cancellation, onEvent }: RunOptions,
    ask: (probe: string) => Promise<Result<{ readonly report: Report }>>,
  ): Promise<Result<Report>> {
    const probe = this.#looked?.probe
    if (probe === undefined) return fail('helper-lost')
    this.#client.hear(onEvent ?? null)
    const timer = setInterval(() => {
      if (cancellation?.requested !== true) return
      clearInterval(timer)
      void this.#client.call('cancel', {})
    }, cancelEveryMs)
    const answer = await ask(probe)
    clearInterval(timer)
    this.#client.hear(null)
    return answer.ok ? ok(answer.value.report) : answer
  }
}

/** Files are written anew only from the very release that was installed. */
function isInstalled(release: ReleaseAtHand | null, installed: ProbeAnswer['installed']): boolean {
  return release !== null && release.id === installed?.id && release.sha256 === installed.sha256
}

/**
 * The helper fetches nothing: what a catalogue offers is fetched here, as the person, and read to its end, which also throws
 * away what is damaged. The helper reads it again, and believes nothing of this.
 */
async function fetchOffered(
  release: OpenRelease,
  { cancellation = neverCancelled, onEvent = () => undefined }: RunOptions,
): Promise<Result<void>> {
  return release.offer === undefined
    ? done
    : checkRelease({ clock: nodeClock, hasher: nodeHasher, cancellation, onEvent }, release)
}

/** What is told here and what the helper tells is one sequence. */
function inOrder({ onEvent, ...options }: RunOptions): RunOptions {
  if (onEvent === undefined) return options
  let told = 0
  return { ...options, onEvent: (event: RunEvent) => onEvent({ ...event, sequence: told++ }) }
}
