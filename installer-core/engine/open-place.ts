import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { nodeClock } from '../adapters/node-clock.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { recordedPlatform } from '../adapters/recorded/recorded-platform.ts'
import { ok, type Result } from '../base/result.ts'
import { Installer, type InstallerFace } from '../installer.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { Platform } from '../ports/platform.ts'
import type { TargetPlace } from './target-place.ts'

/** A target that was opened. */
export interface OpenPlace {
  readonly installer: InstallerFace
  readonly journal: JournalStore | null
  restart(): Promise<Result<void>>
  close(): Promise<void>
}

/** What is needed to open a target. */
export interface Opening {
  readonly version: string
  /** Who has full rights on this PC. */
  readonly helper: { open(): Result<OpenPlace> }
}

/** Opens a target. `elevation-needed` for this PC without a helper; `run-locked` while another process writes. */
export async function openPlace(
  place: TargetPlace,
  access: 'read' | 'write',
  { version, helper }: Opening,
): Promise<Result<OpenPlace>> {
  switch (place.kind) {
    case 'this-pc':
      return helper.open()
    case 'recording':
      return ok(opened(recordedPlatform(place.machine), null, async () => undefined, version))
    case 'practice-pc': {
      const pc = await openPracticePc(place.folder, { access })
      return pc.ok
        ? ok(opened(pc.value.platform, pc.value.journalStore, () => pc.value.close(), version))
        : pc
    }
  }
}

/** Opens a target, lets `work` use it, and lets go of it whatever happens. */
export async function withPlace<T>(
  place: TargetPlace,
  opening: Opening,
  work: (open: OpenPlace) => Promise<Result<T>>,
): Promise<Result<T>> {
  const open = await openPlace(place, 'read', opening)
  if (!open.ok) return open
  try {
    return await work(open.value)
  } finally {
    await open.value.close()
  }
}

function opened(
  platform: Platform,
  journal: JournalStore | null,
  close: () => Promise<void>,
  version: string,
): OpenPlace {
  return {
    installer: new Installer({ platform, journal, hasher: nodeHasher, clock: nodeClock, version }),
    journal,
    restart: () => platform.restart(),
    close,
  }
}
