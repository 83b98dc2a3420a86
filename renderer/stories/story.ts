import { toWireFailure } from '../../installer-core/api/answer.ts'
import type { Target } from '../../installer-core/api/methods/target-methods.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { thisPcSchema } from '../../installer-core/model/this-pc.ts'
import { ready } from '../store/load.ts'
import { emptyState, plainChoices, type PageState, type Status } from '../store/page-state.ts'
import { offered, recompute } from '../store/planning.ts'
import type { PageName } from '../store/route.ts'
import { recorded } from './recorded.ts'

/** A page in one state, as it can be opened: `stories.html?story=<page>/<state>`. */
export interface Story {
  readonly page: PageName
  readonly state: string
  readonly make: () => PageState
}

export const thisPc: Target = {
  id: 'this-pc',
  kind: 'this-pc',
  name: 'ThinkPad T14',
  access: 'read-write',
  state: 'ready',
  failure: null,
  running: false,
  run: null,
}
export const practicePc: Target = {
  ...thisPc,
  id: 'practice:windows',
  kind: 'practice-pc',
  name: 'windows',
}
export const recording: Target = {
  ...thisPc,
  id: 'recording:0123456789abcdef',
  kind: 'recording',
  name: 'machine.json',
  access: 'read-only',
}

export const failed = {
  state: 'failed',
  failure: toWireFailure({ code: 'io-failed', facts: { what: 'PhysicalDrive0', error: 'EIO' } }, 'en'),
} as const

export const rightsNeeded = {
  state: 'failed',
  failure: toWireFailure({ code: 'elevation-needed', facts: {} }, 'en'),
} as const

export const denied = {
  state: 'failed',
  failure: toWireFailure({ code: 'elevation-denied', facts: {} }, 'en'),
} as const

export const absent: Status = {
  schema: 'berth/status/1',
  state: 'absent',
  release: null,
  entry: null,
  partition: null,
  started: false,
  problems: [],
  findings: [],
  next: null,
  open: null,
}
const berth = recorded.trial.berth
export const onTrial: Status = {
  ...absent,
  state: 'trial',
  release: recorded.installPlan.plan?.release ?? null,
  entry: berth.state === 'absent' ? null : berth.entry,
  partition: berth.state === 'absent' ? null : berth.partition,
  started: true,
}

/** A page about a PC that was looked at. */
export function about(
  page: PageName,
  machine: Machine,
  change: Partial<PageState> = {},
  target: Target = thisPc,
): PageState {
  const release = recorded.releases[0]?.id ?? null
  const chosen = offered(recorded.releases[0])
  const choices = change.choices ?? plainChoices
  return {
    ...bare(page, target),
    looked: ready({ kind: 'machine', machine }),
    status: ready(machine.berth.state === 'absent' ? absent : onTrial),
    releases: ready(recorded.releases),
    release,
    outcome: chosen === null ? null : recompute(machine, choices, chosen),
    ...change,
  }
}

/** This PC as it is seen without rights. */
export function firstLook(change: Partial<PageState> = {}, page: PageName = 'pc'): PageState {
  const disk = recorded.laptop.disks[0]
  const seen = thisPcSchema.parse({
    schema: 'berth/this-pc/1',
    advisory: true,
    takenAt: '2026-11-28T12:00:00.000Z',
    os: { kind: 'linux', name: 'Debian GNU/Linux', version: '13' },
    computer: { vendor: 'Lenovo', model: 'ThinkPad T14' },
    cpu: { name: 'AMD Ryzen 7', cores: 16 },
    memory: recorded.laptop.memory,
    gpus: recorded.laptop.gpus,
    firmware: 'uefi',
    power: { source: 'ac', percent: null },
    disks:
      disk === undefined
        ? []
        : [{ name: disk.name, model: disk.model, size: disk.size, kind: 'ssd', bus: 'NVMe' }],
    volumes: [],
    missing: [],
  })
  const advisory: Target = { ...thisPc, access: 'advisory' }
  return bare(page, advisory, {
    looked: ready({ kind: 'advisory', thisPc: seen }),
    targets: ready([advisory, practicePc, recording]),
    ...change,
  })
}

/** A page before anything was looked at. */
export function bare(page: PageName, target: Target = thisPc, change: Partial<PageState> = {}): PageState {
  return {
    ...emptyState({ page, target: target.id, run: null, topic: null }),
    connection: 'connected',
    targets: ready([thisPc, practicePc, recording]),
    ...change,
  }
}
