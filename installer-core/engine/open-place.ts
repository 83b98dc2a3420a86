import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { nodeClock } from '../adapters/node-clock.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { recordedPlatform } from '../adapters/recorded/recorded-platform.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { Installer } from '../installer.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { Platform } from '../ports/platform.ts'
import type { TargetPlace } from './target-place.ts'

/** A target that was opened. */
export interface OpenPlace {
  readonly installer: Installer
  readonly journal: JournalStore | null
  restart(): Promise<Result<void>>
  close(): Promise<void>
}

/** Opens a target. `this-pc-later` for this PC, which can only be looked at; `run-locked` while another process writes. */
export async function openPlace(
  place: TargetPlace,
  access: 'read' | 'write',
  version: string,
): Promise<Result<OpenPlace>> {
  switch (place.kind) {
    case 'this-pc':
      return fail('this-pc-later')
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
  version: string,
  work: (open: OpenPlace) => Promise<Result<T>>,
): Promise<Result<T>> {
  const open = await openPlace(place, 'read', version)
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
