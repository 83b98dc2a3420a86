import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import type { JournalStore } from '../../ports/journal-store.ts'
import type { Platform, Release } from '../../ports/platform.ts'
import { nodeHasher } from '../node-hasher.ts'
import { changeCounter, cutAfterFromEnvironment, type ChangeCounter } from './change-counter.ts'
import { diskImagePlatform } from './disk-image-platform.ts'
import { folderJournalStore } from './folder-journal.ts'
import { ioFailure } from './io-failure.ts'
import { takeLock } from './lock-file.ts'
import { readPcFile } from './read-pc-file.ts'
import type { PcFile } from './pc-schema.ts'
import { openFileDisk, type RawDisk } from './raw-disk.ts'
import { openSectorLog } from './sector-log.ts'
import { openVariableFile, type VariableFile } from './variable-file.ts'

/** A practice PC whose folder was opened. */
export interface PracticePc {
  readonly platform: Platform
  readonly journalStore: JournalStore
  readonly pc: PcFile
  readonly folder: string
  close(): Promise<void>
}

/**
 * Opens a practice PC. To write, a change that was cut off is rolled back first; to read, the PC is shown as it will be
 * after that. `run-locked` while another process has it open to write; `not-found` names a file that is missing, `malformed` the key of `pc.json` that is wrong. With
 * `BERTH_CUT_AFTER=N` in the environment this process ends by SIGKILL right after its Nth change to the PC.
 */
export async function openPracticePc(
  folder: string,
  {
    access,
    counter = changeCounter(cutAfterFromEnvironment()),
  }: { readonly access: 'read' | 'write'; readonly counter?: ChangeCounter },
): Promise<Result<PracticePc>> {
  const pc = readPcFile(folder)
  if (!pc.ok) return pc
  const variables = findVariables(folder, pc.value)
  if (!variables.ok) return variables
  const disks = openDisks(folder, pc.value, access)
  if (!disks.ok) return disks
  const journal = join(folder, 'journal')
  const lock = access === 'write' ? lockFolder(journal) : ok(null)
  if (!lock.ok) {
    for (const disk of disks.value) disk.close()
    return lock
  }
  const platform = diskImagePlatform({
    ...(lock.value === null ? {} : { release: lock.value }),
    pc: pc.value,
    access,
    disks: disks.value,
    variables: variables.value,
    log: openSectorLog(join(journal, 'sectors.undo')),
    scratch: join(journal, 'scratch'),
    hasher: nodeHasher,
    counter,
  })
  if (!platform.ok) {
    await lock.value?.()
    return platform
  }
  return ok({
    platform: platform.value,
    journalStore: folderJournalStore(journal),
    pc: pc.value,
    folder,
    close: async () => {
      await platform.value.close()
    },
  })
}

/** One writer at a time: what looks like a cut change may be one that another process is making. */
function lockFolder(journal: string): Result<Release> {
  try {
    mkdirSync(journal, { recursive: true })
    return takeLock(join(journal, 'open'))
  } catch (error) {
    return ioFailure(error, 'lock', journal)
  }
}

function findVariables(folder: string, { firmware }: PcFile): Result<VariableFile | null> {
  if (firmware.kind === 'bios') return ok(null)
  const path = join(folder, firmware.variables)
  return existsSync(path)
    ? ok(openVariableFile(path))
    : fail('not-found', { what: 'firmware variables', where: path })
}

function openDisks(folder: string, pc: PcFile, access: 'read' | 'write'): Result<readonly RawDisk[]> {
  const disks: RawDisk[] = []
  for (const { file, sectorSize } of pc.disks) {
    const disk = openFileDisk(join(folder, file), sectorSize, access)
    if (disk.ok) {
      disks.push(disk.value)
      continue
    }
    for (const opened of disks) opened.close()
    return disk
  }
  return ok(disks)
}
