import { hashText } from '../adapters/node-hasher.ts'
import { fail, ok, type Err, type Result } from '../base/result.ts'
import type { RunOptions } from '../installer.ts'
import type { Report } from '../model/report.ts'
import { confirmedPlan } from '../plan/confirmed-plan.ts'
import { wishAsShown, type RoomWish } from '../plan/room-wish.ts'
import { planForRelease } from '../plan/plan-for-release.ts'
import type { OpenRelease, ReleaseSource } from '../ports/release-source.ts'
import { lookAt } from './look.ts'
import type { PcOpener } from './open-pc.ts'
import { performRun } from './perform-run.ts'
import type { Asked, OutcomeResult, ProbeAnswer, RoomRequest } from './wire.ts'

export interface DeskParts {
  readonly openPc: PcOpener
  /** Releases as the caller's user may read them. */
  readonly releases: Pick<ReleaseSource, 'open'>
  readonly version: string
}

/** Releases that are kept open between two looks. */
const mostReleases = 16

/**
 * What the helper does, whoever asks and in whatever order: one thing at a time, for the PC as it was looked at last, and
 * only the plan that was confirmed. A wrong request is refused by what is known already, before the PC is touched.
 */
export class HelperDesk {
  readonly #parts: DeskParts
  #looked: ProbeAnswer | null = null
  /** What room the last look was asked for. */
  #room: RoomRequest | null = null
  #releases = new Map<string, Result<OpenRelease>>()
  #doing: Promise<unknown> | null = null
  #cancellation: { requested: boolean } | null = null

  constructor(parts: DeskParts) {
    this.#parts = parts
  }

  get isBusy(): boolean {
    return this.#doing !== null
  }

  /** Looks at the PC. What an earlier look named is worth nothing from now on. */
  probe(room?: RoomRequest): Promise<Result<ProbeAnswer>> {
    return this.#alone(async () => {
      this.#forget()
      const pc = await this.#parts.openPc({ access: 'read' })
      if (!pc.ok) return pc
      try {
        const asked = room === undefined ? null : { wish: room, release: await this.#release(room.stage) }
        const looked = await lookAt(pc.value, this.#parts.version, asked)
        if (looked.ok) {
          this.#looked = looked.value
          this.#room = room ?? null
        }
        return looked
      } finally {
        await pc.value.close()
      }
    })
  }

  /** Runs what was confirmed, once. */
  async run(asked: Asked, onEvent: RunOptions['onEvent']): Promise<Result<Report>> {
    const looked = this.#looked
    if (looked === null || asked.probe !== looked.probe) return unknownProbe()
    return this.#alone(async (cancellation) => {
      const release = await this.#agree(asked, looked)
      if (!release.ok) return release
      const room = roomOf(this.#room, looked)
      this.#forget()
      const pc = await this.#parts.openPc({ access: 'write' })
      if (!pc.ok) return pc
      try {
        if (cancellation.requested) return fail('cancelled')
        const { platform, journalStore } = pc.value
        const parts = { platform, journal: journalStore, version: this.#parts.version, room }
        const options = { cancellation, ...(onEvent === undefined ? {} : { onEvent }) }
        return await performRun(parts, asked, release.value, looked.machine, options)
      } finally {
        await pc.value.close()
      }
    })
  }

  /** Stops at the next safe point; false when nothing is under way. */
  cancel(): boolean {
    if (this.#cancellation === null) return false
    this.#cancellation.requested = true
    return true
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#doing
  }

  async #alone<T>(work: (cancellation: { requested: boolean }) => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#doing !== null) return fail('busy', { what: 'helper' })
    const cancellation = { requested: false }
    const doing = work(cancellation)
    // Whoever waits for the end wants no failure of it.
    this.#doing = doing.catch(() => undefined)
    this.#cancellation = cancellation
    try {
      return await doing
    } finally {
      this.#doing = null
      this.#cancellation = null
    }
  }

  /** Whether this is what was shown and confirmed; the release when one is needed. Reads no disk. */
  async #agree(asked: Asked, looked: ProbeAnswer): Promise<Result<OpenRelease | null>> {
    switch (asked.goal) {
      case 'install': {
        const release = await this.#release(asked.release)
        if (!release.ok) return release
        const planned = planForRelease(looked.machine, asked.choices, release.value, hashText)
        const agreed = confirmedPlan(planned, asked.fingerprint)
        return agreed.ok ? release : agreed
      }
      case 'confirm':
        return agreeTo(looked.plans.confirm[asked.defaultSystem], asked.fingerprint, looked)
      case 'switch':
        return agreeTo(looked.plans.switch[asked.system], asked.fingerprint, looked)
      case 'repair': {
        const { repair } = looked.plans
        if (asked.release === null) return agreeTo(repair.without, asked.fingerprint, looked)
        const release = await this.#release(asked.release)
        if (!release.ok) return release
        const agreed = agreeTo(repair.with, asked.fingerprint, looked)
        return agreed.ok ? release : agreed
      }
      case 'undo':
        return agreeTo(looked.plans.undo, asked.fingerprint, looked)
      case 'make-room': {
        const { room } = looked.plans
        if (this.#room === null || room === null)
          return fail('usage', { what: 'make-room', required: 'room' })
        const release = await this.#release(this.#room.stage)
        if (!release.ok) return release
        const agreed = agreeTo(room, asked.fingerprint, looked)
        return agreed.ok ? release : agreed
      }
      case 'clear-room':
        return agreeTo(looked.plans.clearRoom, asked.fingerprint, looked)
      case 'recover': {
        const { recover } = looked
        if (!recover.ok) return recover
        return recover.value === asked.fingerprint ? ok(null) : differs(asked.fingerprint, recover.value)
      }
    }
  }

  async #release(id: Extract<Asked, { goal: 'install' }>['release']): Promise<Result<OpenRelease>> {
    const known = this.#releases.get(id)
    if (known !== undefined) return known
    if (this.#releases.size >= mostReleases) return fail('busy', { what: 'releases' })
    const opened = await this.#parts.releases.open(id)
    this.#releases.set(id, opened)
    return opened
  }

  #forget(): void {
    this.#looked = null
    this.#room = null
    this.#releases = new Map()
  }
}

/** The wish with the size of the store that was shown; null when the look was not asked for room. */
function roomOf(asked: RoomRequest | null, { plans }: ProbeAnswer): RoomWish | null {
  const plan = plans.room?.ok === true ? plans.room.value.plan : null
  return asked === null || plan === null ? null : wishAsShown(asked, plan)
}

function agreeTo(planned: OutcomeResult, fingerprint: string, { machine }: ProbeAnswer): Result<null> {
  if (!planned.ok) return planned
  const agreed = confirmedPlan(ok({ machine, ...planned.value }), fingerprint)
  return agreed.ok ? ok(null) : agreed
}

function differs(required: string, found: string): Err {
  return fail('fingerprint-differs', { required, found, difference: null })
}

function unknownProbe(): Err {
  return fail('usage', { what: 'probe', required: 'the id of the last one' })
}
