import { randomBytes } from 'node:crypto'
import { nodeClock } from '../adapters/node-clock.ts'
import { hashText, nodeHasher } from '../adapters/node-hasher.ts'
import { recordedPlatform } from '../adapters/recorded/recorded-platform.ts'
import { ok, type Result } from '../base/result.ts'
import { installedRecord } from '../execute/installed-record.ts'
import { Installer } from '../installer.ts'
import type { Machine } from '../model/machine.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import type { Planned } from '../plan/plan-outcome.ts'
import type { OpenPc } from './open-pc.ts'
import { recoverMark } from './recover-mark.ts'
import type { OutcomeResult, ProbeAnswer, RoomRequest } from './wire.ts'

/** Bytes of journals that an answer carries at most, so that it fits into a frame beside a large machine. */
const journalBudget = 192 * 1024

/** An installer on an open PC. */
export function installerOn(platform: Platform, journal: JournalStore, version: string): Installer {
  return new Installer({ platform, journal, hasher: nodeHasher, clock: nodeClock, version })
}

/** Looks at a PC once, and makes every plan that can be confirmed for what was seen. Changes nothing. */
export async function lookAt(
  { platform, journalStore }: OpenPc,
  version: string,
  room: AskedRoom | null = null,
): Promise<Result<ProbeAnswer>> {
  const machine = await installerOn(platform, journalStore, version).machine()
  if (!machine.ok) return machine
  // One look for all of them: the plans are made for what was seen, not for five looks in a row.
  const seen = installerOn(seenPlatform(platform, machine.value), journalStore, version)
  const [present, other] = [
    outcome(await seen.planConfirm({ defaultSystem: 'present' })),
    outcome(await seen.planConfirm({ defaultSystem: 'new' })),
  ]
  const { manifest } = await installedRecord(journalStore, machine.value)
  const installed =
    manifest === null ? null : { id: manifest.plan.release, sha256: manifest.plan.releaseSha256 }
  const journals = await newestJournals(journalStore)
  if (!journals.ok) return journals
  return ok({
    probe: randomBytes(16).toString('hex'),
    machine: machine.value,
    status: await seen.status(),
    plans: {
      confirm: { present, new: other },
      switch: {
        windows: outcome(await seen.planSwitch('windows')),
        berth: outcome(await seen.planSwitch('berth')),
        none: outcome(await seen.planSwitch('none')),
      },
      repair: {
        with: outcome(await seen.planRepair(installed)),
        without: outcome(await seen.planRepair(null)),
      },
      undo: outcome(await seen.planUndo()),
      room: room === null ? null : await planRoom(seen, room),
      clearRoom: outcome(await seen.planClearRoom()),
    },
    stage: await seen.stage(),
    installed,
    networks: (await platform.networks?.list()) ?? null,
    recover: await recoverMark(journalStore, hashText),
    journals: journals.value,
  })
}

/** A wish for room with its release, as far as that could be opened. */
export interface AskedRoom {
  readonly wish: RoomRequest
  readonly release: Result<OpenRelease>
}

async function planRoom(seen: Installer, { wish, release }: AskedRoom): Promise<OutcomeResult> {
  if (!release.ok) return release
  return outcome(await seen.planRoom(wish, release.value))
}

/** What was seen, and the sectors and files behind it, to read only. */
function seenPlatform(platform: Platform, machine: Machine): Platform {
  return {
    ...recordedPlatform(machine),
    openDisk: (id) => platform.openDisk(id, 'read'),
    openBootVolume: (disk, partition) => platform.openBootVolume(disk, partition),
  }
}

function outcome(planned: Result<Planned>): OutcomeResult {
  if (!planned.ok) return planned
  const { plan, issues } = planned.value
  return ok({ plan, issues })
}

async function newestJournals(store: JournalStore): Promise<Result<ProbeAnswer['journals']>> {
  const runs = await store.runs()
  if (!runs.ok) return runs
  const journals: ProbeAnswer['journals'][number][] = []
  let left = journalBudget
  for (const run of [...runs.value].reverse()) {
    const data = await store.read(run)
    if (!data.ok) return data
    // Each byte may become several where text is quoted in JSON.
    left -= 2 * data.value.length
    if (left < 0) break
    journals.unshift({ run, text: new TextDecoder().decode(data.value) })
  }
  return ok(journals)
}
