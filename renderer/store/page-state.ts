import type { ResultOf } from '../../installer-core/api/contract.ts'
import type { ListedRelease, PlanAsked, WirePlanned } from '../../installer-core/api/methods/plan-methods.ts'
import type {
  NextStart,
  PracticeScreen,
  PracticeStart,
  PracticeState,
} from '../../installer-core/api/methods/practice-methods.ts'
import type { HelpPage, Settings } from '../../installer-core/api/methods/session-methods.ts'
import type { Target } from '../../installer-core/api/methods/target-methods.ts'
import type { WireFailure } from '../../installer-core/api/wire-values.ts'
import type { Choices } from '../../installer-core/model/choices.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import type { KnownNetworks } from '../../installer-core/model/networks.ts'
import type { CredentialKind, SuggestedYou } from '../../installer-core/model/you.ts'
import type { PlanOutcome } from '../../installer-core/plan/plan-outcome.ts'
import { idle, loading, valueOf, type Load } from './load.ts'
import type { Route } from './route.ts'
import type { RunGoal, RunView } from './run-view.ts'

export type Looked = ResultOf<'target.probe'>
export type Status = ResultOf<'status.get'>['status']
export type ReportFile = ResultOf<'report.preview'>['files'][number]
export type Template = ResultOf<'practice.templates'>['templates'][number]
/** What can be chosen for the next start; `none` takes the choice back. */
export type SystemName = 'windows' | 'berth' | 'none'
export type HostPower = ResultOf<'host.power'>

export type FoundRoom = NonNullable<ResultOf<'room.get'>['room']>
/** Room that a person wishes for: by which stage, at the end of which volume, how many bytes. */
export type RoomChoice = Omit<Extract<PlanAsked, { readonly goal: 'make-room' }>, 'target' | 'goal'>

/** What a person is asked to confirm: the engine's own plan, and what it is for. */
export interface Proposal {
  readonly goal: Exclude<RunGoal, 'recover'>
  readonly system: SystemName | null
  readonly planned: Load<WirePlanned>
}

/** The practice PC that the page shows. */
export interface PracticeView {
  readonly templates: Load<readonly Template[]>
  readonly state: PracticeState | null
  readonly screen: PracticeScreen | null
  readonly lines: readonly string[]
  readonly starts: readonly PracticeStart[]
  readonly next: NextStart | null
  readonly making: Load<Target>
  readonly failure: WireFailure | null
}

/** Everything the pages show. Readonly: a change is a new state. */
export interface PageState {
  readonly route: Route
  readonly connection: 'connecting' | 'connected' | 'lost' | 'refused'
  readonly settings: Settings
  readonly targets: Load<readonly Target[]>
  readonly looked: Load<Looked>
  readonly status: Load<Status>
  /** The start that makes room, when there is one on the PC. */
  readonly foundRoom: Load<FoundRoom | null>
  /** The Wi-Fi networks of the present system, without their keys; null where none can be asked for. */
  readonly networks: Load<KnownNetworks | null>
  /** Full rights on this PC, as they were asked for: refused, being asked for, or given. */
  readonly rights: Load<true>
  readonly releases: Load<readonly ListedRelease[]>
  readonly release: string | null
  /** The catalogue that was asked for on the page. */
  readonly catalogue: Load<ResultOf<'catalogue.fetch'>>
  readonly choices: Choices
  /** The room that was wished for last. */
  readonly room: RoomChoice | null
  /** What the present system says of its user, to fill in the page about that. */
  readonly suggested: SuggestedYou
  /** The page's own recompute, for pictures and limits; what is confirmed is always the engine's plan. */
  readonly outcome: PlanOutcome | null
  readonly proposal: Proposal | null
  readonly run: RunView | null
  readonly power: HostPower | null
  readonly practice: PracticeView
  readonly report: Load<readonly ReportFile[]>
  readonly reportFolder: Load<string>
  readonly help: Load<readonly HelpPage[]>
  readonly helpQuery: string
  /** What a person asked for that did not work, outside of a page's own failures. */
  readonly refused: WireFailure | null
}

export const plainChoices: Choices = {
  schema: 'berth/choices/1',
  spaceFrom: { kind: 'automatic' },
  bootPartitionType: 'xbootldr',
  defaultSystem: 'present',
}

export const noPractice: PracticeView = {
  templates: idle,
  state: null,
  screen: null,
  lines: [],
  starts: [],
  next: null,
  making: idle,
  failure: null,
}

/** The state before anything is known. */
export function emptyState(route: Route): PageState {
  return {
    route,
    connection: 'connecting',
    settings: { language: 'system', theme: 'system', expert: false },
    targets: idle,
    looked: idle,
    status: idle,
    foundRoom: idle,
    networks: idle,
    rights: idle,
    releases: idle,
    release: null,
    catalogue: idle,
    choices: plainChoices,
    room: null,
    suggested: {},
    outcome: null,
    proposal: null,
    run: null,
    power: null,
    practice: noPractice,
    report: idle,
    reportFolder: idle,
    help: idle,
    helpQuery: '',
    refused: null,
  }
}

/** The machine that was looked at, when it was looked at in full. */
export function machineOf({ looked }: PageState): Machine | null {
  const value = valueOf(looked)
  return value?.kind === 'machine' ? value.machine : null
}

/** The plan under review. It is shown, and can be confirmed, only beside the PC that its sentences are about. */
export function reviewed({ proposal, looked }: PageState): Load<WirePlanned> {
  const planned = proposal?.planned ?? idle
  if (planned.state !== 'ready' || looked.state === 'ready') return planned
  return looked.state === 'failed' ? looked : loading
}

/** Whether there is anything to ask for the first start: also encryption that was chosen and the release cannot make. */
export function takesYou(state: PageState): boolean {
  return takenKinds(state).length > 0 || state.choices.you?.encryption !== undefined
}

/** What the chosen release takes over at its first start. */
export function takenKinds({ releases, release }: PageState): readonly CredentialKind[] {
  return valueOf(releases)?.find((one) => one.id === release)?.manifest?.firstStart?.takes ?? []
}

/** The PC that the page is about. */
export function targetOf({ targets, route }: PageState): Target | null {
  return valueOf(targets)?.find((one) => one.id === route.target) ?? null
}
