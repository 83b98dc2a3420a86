import { chmodSync, mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { JournalStore } from '../../ports/journal-store.ts'
import type { Platform, Release } from '../../ports/platform.ts'
import { changeCounter, cutAfterFromEnvironment } from '../disk-image/change-counter.ts'
import { folderJournalStore } from '../disk-image/folder-journal.ts'
import { ioFailure } from '../disk-image/io-failure.ts'
import { takeLock } from '../disk-image/lock-file.ts'
import { nodeHasher } from '../node-hasher.ts'
import { linuxPlaces, type LinuxPlaces } from './linux-places.ts'
import { LinuxPlatform } from './linux-platform.ts'

/** The PC that this Linux runs on, opened. */
export interface OpenLinuxPc {
  readonly platform: Platform
  readonly journalStore: JournalStore
  close(): Promise<void>
}

/** File systems that are gone after a restart (statfs(2)): tmpfs, ramfs, and the layered root of a live system. */
const passing: readonly number[] = [0x01021994, 0x858458f6, 0x794c7630]

/**
 * Opens the PC that this Linux runs on. `administrator-needed` unless this process is root; `run-locked` while another
 * process has it open to write; `unsupported` where the journal would not survive a restart, as in a live system. With
 * `BERTH_CUT_AFTER=N` in the environment this process ends by SIGKILL right after its Nth change to the PC.
 */
export async function openLinuxPc(
  { access }: { readonly access: 'read' | 'write' },
  places: LinuxPlaces = linuxPlaces,
): Promise<Result<OpenLinuxPc>> {
  if (process.platform !== 'linux') return fail('unsupported', { what: 'this PC', where: process.platform })
  if (process.geteuid?.() !== 0) return fail('administrator-needed', { what: 'this PC' })
  const journal = join(places.state, 'journal')
  const lock = access === 'write' ? lockState(places, journal) : ok(null)
  if (!lock.ok) return lock
  const platform = new LinuxPlatform({
    places,
    access,
    hasher: nodeHasher,
    counter: changeCounter(cutAfterFromEnvironment()),
    elevated: true,
    ...(lock.value === null ? {} : { release: lock.value }),
  })
  const settled = access === 'write' ? await platform.settle() : done
  if (!settled.ok) {
    await platform.close()
    return settled
  }
  return ok({
    platform,
    journalStore: folderJournalStore(journal),
    close: async () => {
      await platform.close()
    },
  })
}

/** One writer at a time, and a journal that root alone reads and that is there after a power cut. */
function lockState({ state }: LinuxPlaces, journal: string): Result<Release> {
  try {
    mkdirSync(journal, { recursive: true, mode: 0o700 })
    chmodSync(state, 0o700)
    const lasting = requireLasting(state)
    return lasting.ok ? takeLock(join(journal, 'open')) : lasting
  } catch (error) {
    return ioFailure(error, 'lock', journal)
  }
}

function requireLasting(state: string): Result<void> {
  const isPassing = passing.includes(statfsSync(state).type)
  return isPassing ? fail('unsupported', { what: 'a journal that survives a restart', where: state }) : done
}
