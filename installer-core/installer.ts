import { done, fail, ok, type Result } from './base/result.ts'
import type { Choices } from './model/choices.ts'
import type { Machine } from './model/machine.ts'
import type { OwnershipManifest } from './model/manifest.ts'
import type { KnownNetworks } from './model/networks.ts'
import type { Plan } from './model/plan.ts'
import type { Evidence, Report, RunEvent } from './model/report.ts'
import type { FoundStage } from './model/stage.ts'
import type { Status } from './model/status.ts'
import { checkRelease } from './execute/check-release.ts'
import { installedRecord, type InstalledRecord } from './execute/installed-record.ts'
import { latestReadableRun, latestRun, type RunHistory } from './execute/run-history.ts'
import { recover } from './execute/recover.ts'
import { runPlan } from './execute/run-plan.ts'
import type { RunTools } from './execute/run-tools.ts'
import { tellStatus } from './execute/tell-status.ts'
import { undoPlan } from './execute/undo-plan.ts'
import { unsealNetworks } from './execute/unseal-networks.ts'
import { makeConfirmPlan } from './plan/make-confirm-plan.ts'
import { makeRepairPlan, releaseAtHand, writesFiles, type ReleaseAtHand } from './plan/make-repair-plan.ts'
import { makeSwitchPlan, type SwitchTarget } from './plan/make-switch-plan.ts'
import { makeUndoPlan } from './plan/make-undo-plan.ts'
import { confirmedPlan } from './plan/confirmed-plan.ts'
import { credentialsOf, refuseSealed } from './plan/credentials.ts'
import { planForRelease } from './plan/plan-for-release.ts'
import type { PlanOutcome, Planned } from './plan/plan-outcome.ts'
import { stateBefore } from './plan/state-before.ts'
import { neverCancelled, type Cancellation } from './ports/cancellation.ts'
import type { Clock } from './ports/clock.ts'
import type { Hasher } from './ports/hasher.ts'
import type { JournalStore } from './ports/journal-store.ts'
import type { Platform } from './ports/platform.ts'
import type { OpenRelease } from './ports/release-source.ts'
import { buildMachine } from './probe/build-machine.ts'
import type { RoomWish } from './plan/room-wish.ts'
import { findStage, planClearRoom, planRoom, type SeenPc } from './execute/room-plans.ts'
import { proveInstalled } from './verify/prove-installed.ts'
import { proveUndone } from './verify/prove-undone.ts'

/** What the facade works with: one PC, a place for journals, and the few services of the host. */
export interface InstallerParts {
  readonly platform: Platform
  /** Null where nothing is ever run (a recorded machine). */
  readonly journal: JournalStore | null
  readonly hasher: Hasher
  readonly clock: Clock
  readonly version: string
}

/** How a run is watched and stopped. */
export interface RunOptions {
  readonly cancellation?: Cancellation
  readonly onEvent?: (event: RunEvent) => void
}

/** What a person said yes to: the plan's fingerprint, and the machine it was shown for when that is still known. */
export interface Confirmation {
  readonly fingerprint: string
  readonly shown: Machine | null
}

/** What can be asked of an installer, whether it works in this process or in the helper that has full rights. */
export type InstallerFace = Pick<Installer, keyof Installer>

/**
 * Everything Berth can do to one PC: probe, check, plan, run, undo, recover. Nothing is changed but by `install`,
 * `run`, `repair`, `undo`, `makeRoom`, `clearRoom` and `recover`, and by all but the last only what the given
 * fingerprint stands for.
 */
export class Installer {
  readonly #parts: InstallerParts

  constructor(parts: InstallerParts) {
    this.#parts = parts
  }

  /** Looks at the PC. */
  async machine(): Promise<Result<Machine>> {
    const facts = await this.#parts.platform.probe(neverCancelled)
    return facts.ok ? buildMachine(facts.value, this.#parts.hasher) : facts
  }

  /** The Wi-Fi networks that the new system can be told of, by id and without their keys; null where none can be asked for. */
  async networks(): Promise<Result<KnownNetworks | null>> {
    return ok((await this.#parts.platform.networks?.list()) ?? null)
  }

  /** What stands in the way, and the plan when nothing does. */
  async plan(choices: Choices, release: OpenRelease): Promise<Result<Planned>> {
    const machine = await this.machine()
    if (!machine.ok) return machine
    return planForRelease(machine.value, choices, release, this.#hash)
  }

  async planConfirm(choices: { readonly defaultSystem: Choices['defaultSystem'] }): Promise<Result<Planned>> {
    return this.#planFrom((machine, { manifest }) =>
      makeConfirmPlan(machine, manifest, choices.defaultSystem, this.#hash),
    )
  }

  async planSwitch(target: SwitchTarget): Promise<Result<Planned>> {
    return this.#planFrom((machine, { manifest }) => makeSwitchPlan(machine, manifest, target, this.#hash))
  }

  /** `release`: the one that lies at hand, when there is one; files are written anew from no other than was installed. */
  async planRepair(release: ReleaseAtHand | null): Promise<Result<Planned>> {
    return this.#planFrom((machine, record) => makeRepairPlan({ machine, ...record, release }, this.#hash))
  }

  async planUndo(): Promise<Result<Planned>> {
    return this.#planFrom(
      (machine, { manifest }) => makeUndoPlan(machine, manifest, this.#hash),
      latestReadableRun,
    )
  }

  /**
   * Installs what was confirmed: refuses (`fingerprint-differs`) when the plan made now is another one, and says what
   * changed on the PC when `shown`, the machine that the confirmed plan was made for, is known. Every file of the release
   * is read and compared with what was signed before the first write.
   */
  async install(
    choices: Choices,
    release: OpenRelease,
    { fingerprint, shown }: Confirmation,
    options: RunOptions = {},
  ): Promise<Result<Report>> {
    const tools = this.#tools(options)
    if (!tools.ok) return tools
    const known = await unsealNetworks(choices, this.#parts.platform.networks)
    if (!known.ok) return known
    const usable = refuseSealed(known.value)
    if (!usable.ok) return usable
    const open = await this.#refuseOpenRun()
    if (!open.ok) return open
    const planned = confirmedPlan(await this.plan(choices, release), fingerprint, shown)
    if (!planned.ok) return planned
    const { machine, plan } = planned.value
    const whole = plan.steps.length === 0 ? ok(undefined) : await checkRelease(tools.value, release)
    if (!whole.ok) return whole
    const texts = credentialsOf(known.value, release.manifest).map(({ path, text }) => [path, text] as const)
    const credentials = new Map(texts)
    const prove = () => this.#proveAgainst(machine, plan)
    return runPlan(tools.value, { plan, release, credentials, before: stateBefore(machine, plan), prove })
  }

  /**
   * Puts right what was confirmed of an installation. Every file of the release is read and compared with what was
   * signed before the first write.
   */
  async repair(
    release: OpenRelease | null,
    fingerprint: string | null,
    options: RunOptions = {},
  ): Promise<Result<Report>> {
    const tools = this.#tools(options)
    if (!tools.ok) return tools
    const agreed = confirmedPlan(await this.planRepair(releaseAtHand(release)), fingerprint)
    if (!agreed.ok) return agreed
    const { machine, plan } = agreed.value
    const manifest = await this.#installed(machine)
    if (!manifest.ok) return manifest
    const whole = writesFiles(plan) && release !== null ? await checkRelease(tools.value, release) : done
    if (!whole.ok) return whole
    const prove = () => this.#proveAgainst(machine, plan)
    const before = stateBefore(machine, plan)
    return runPlan(tools.value, { plan, release, before, manifest: manifest.value, prove })
  }

  /** Runs a confirm or switch plan that was confirmed. */
  async run(
    planned: Result<Planned>,
    fingerprint: string,
    options: RunOptions = {},
  ): Promise<Result<Report>> {
    return this.#runConfirmed(async () => planned, fingerprint, null, options)
  }

  /** Takes the installation away, as far as it is still Berth's, and gives back room that was made for it. */
  async undo(fingerprint: string | null, options: RunOptions = {}): Promise<Result<Report>> {
    const tools = this.#tools(options)
    if (!tools.ok) return tools
    const planned = await this.planUndo()
    const agreed = confirmedPlan(planned, fingerprint)
    if (!agreed.ok) return agreed
    const { machine: before, plan } = agreed.value
    const { manifest } = await installedRecord(this.#parts.journal, before)
    const own = manifest ?? recordOf(before, plan)
    const prove = async (left: readonly string[]) => {
      const now = await this.machine()
      return now.ok ? proveUndone({ before, after: now.value }, { plan, manifest: own }, left) : now
    }
    return undoPlan(tools.value, { plan, manifest: own, prove })
  }

  /** The offline stage that lies on the boot volume, and how far it is; null when there is none. */
  async stage(): Promise<Result<FoundStage | null>> {
    const machine = await this.machine()
    return machine.ok ? findStage({ platform: this.#parts.platform, machine: machine.value }) : machine
  }

  /** How room is made by one start into the offline stage, whose release this is. */
  async planRoom(wish: RoomWish, release: OpenRelease): Promise<Result<Planned>> {
    return this.#planSeen((pc) => planRoom(pc, wish, release, this.#hash))
  }

  async planClearRoom(): Promise<Result<Planned>> {
    return this.#planSeen((pc) => planClearRoom(pc, this.#hash))
  }

  /**
   * Prepares the start that was confirmed; `wish` has the plan's `storeBytes`, so that a file system that is being written
   * to gives the same plan, or `no-space` when its store would be too small by now. Every file of the release is compared
   * with what was signed before the first write.
   */
  async makeRoom(
    wish: RoomWish,
    release: OpenRelease,
    fingerprint: string,
    options: RunOptions = {},
  ): Promise<Result<Report>> {
    return this.#runConfirmed(() => this.planRoom(wish, release), fingerprint, release, options)
  }

  /** Takes the stage away again: one that has not begun, or what one that ended has left. */
  async clearRoom(fingerprint: string, options: RunOptions = {}): Promise<Result<Report>> {
    const tools = this.#tools(options)
    if (!tools.ok) return tools
    const agreed = confirmedPlan(await this.planClearRoom(), fingerprint)
    if (!agreed.ok) return agreed
    const { machine, plan } = agreed.value
    return undoPlan(tools.value, { plan, manifest: recordOf(machine, plan) })
  }

  /** Brings an interrupted run to one of two ends: done, or as it was before. */
  async recover(options: RunOptions = {}): Promise<Result<Report>> {
    const tools = this.#tools(options)
    return tools.ok ? recover(tools.value) : tools
  }

  async status(): Promise<Result<Status>> {
    const open = await this.#openRun()
    if (!open.ok) return open
    const machine = await this.machine()
    if (!machine.ok) return machine
    const record = await installedRecord(this.#parts.journal, machine.value)
    return ok(tellStatus(machine.value, record, open.value))
  }

  readonly #hash = (text: string): string => {
    const hash = this.#parts.hasher.sha256()
    hash.update(new TextEncoder().encode(text))
    return hash.hex()
  }

  async #planFrom(
    make: (machine: Machine, record: InstalledRecord) => PlanOutcome,
    findLatest = latestRun,
  ): Promise<Result<Planned>> {
    const open = await this.#refuseOpenRun(findLatest)
    if (!open.ok) return open
    const machine = await this.machine()
    if (!machine.ok) return machine
    const record = await installedRecord(this.#parts.journal, machine.value)
    return ok({ machine: machine.value, ...make(machine.value, record) })
  }

  /** Runs a plan that nobody proves afterwards, with the release that it writes, which is read to its end first. */
  async #runConfirmed(
    makePlan: () => Promise<Result<Planned>>,
    fingerprint: string,
    release: OpenRelease | null,
    options: RunOptions,
  ): Promise<Result<Report>> {
    const tools = this.#tools(options)
    if (!tools.ok) return tools
    const agreed = confirmedPlan(await makePlan(), fingerprint)
    if (!agreed.ok) return agreed
    const { machine, plan } = agreed.value
    const whole = release === null ? done : await checkRelease(tools.value, release)
    if (!whole.ok) return whole
    return runPlan(tools.value, { plan, release, before: stateBefore(machine, plan) })
  }

  async #planSeen(make: (pc: SeenPc) => Promise<Result<Planned>>): Promise<Result<Planned>> {
    const open = await this.#refuseOpenRun()
    if (!open.ok) return open
    const machine = await this.machine()
    return machine.ok ? make({ platform: this.#parts.platform, machine: machine.value }) : machine
  }

  async #installed(machine: Machine): Promise<Result<OwnershipManifest>> {
    const { manifest } = await installedRecord(this.#parts.journal, machine)
    return manifest === null ? fail('nothing-installed') : ok(manifest)
  }

  async #proveAgainst(before: Machine, plan: Plan): Promise<Result<readonly Evidence[]>> {
    const now = await this.machine()
    return now.ok ? proveInstalled(before, now.value, plan) : now
  }

  async #openRun(findLatest = latestRun): Promise<Result<RunHistory | null>> {
    const { journal } = this.#parts
    if (journal === null) return ok(null)
    const latest = await findLatest(journal)
    if (!latest.ok) return latest
    return ok(latest.value?.ended === null ? latest.value : null)
  }

  async #refuseOpenRun(findLatest = latestRun): Promise<Result<null>> {
    const open = await this.#openRun(findLatest)
    if (!open.ok) return open
    return open.value === null
      ? ok(null)
      : fail('run-open', { what: open.value.run, goal: open.value.begun.plan.goal })
  }

  #tools({ cancellation = neverCancelled, onEvent = () => undefined }: RunOptions): Result<RunTools> {
    const { journal, ...parts } = this.#parts
    if (journal === null) return fail('read-only', { what: 'a recorded machine' })
    let told = 0
    const inOrder = (event: RunEvent) => onEvent({ ...event, sequence: told++ })
    return ok({ ...parts, journal, cancellation, onEvent: inOrder })
  }
}

/** Where no installation has a record of its own: the plan tells everything that it is about. */
function recordOf(machine: Machine, plan: Plan): OwnershipManifest {
  return { schema: 'berth/manifest/1', plan, before: stateBefore(machine, plan) }
}
