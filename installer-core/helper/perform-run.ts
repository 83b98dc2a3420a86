import { hashText } from '../adapters/node-hasher.ts'
import { fail, type Result } from '../base/result.ts'
import type { RunOptions } from '../installer.ts'
import type { Machine } from '../model/machine.ts'
import type { Report } from '../model/report.ts'
import type { RoomWish } from '../plan/room-wish.ts'
import type { JournalStore } from '../ports/journal-store.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { installerOn } from './look.ts'
import { recoverMark } from './recover-mark.ts'
import type { Asked } from './wire.ts'

interface RunParts {
  readonly platform: Platform
  readonly journal: JournalStore
  readonly version: string
  /** The room that the last look was asked for, with the size of its store as it was shown. */
  readonly room: RoomWish | null
}

/** Does what was asked on a PC that is open to write. The installer looks again, plans again, and compares again. */
export async function performRun(
  { platform, journal, version, room }: RunParts,
  asked: Asked,
  release: OpenRelease | null,
  shown: Machine,
  options: RunOptions,
): Promise<Result<Report>> {
  const installer = installerOn(platform, journal, version)
  const { fingerprint } = asked
  switch (asked.goal) {
    case 'install':
      if (release === null) return fail('release-not-found', { what: asked.release })
      return installer.install(asked.choices, release, { fingerprint, shown }, options)
    case 'confirm': {
      const { defaultSystem } = asked
      return installer.run(await installer.planConfirm({ defaultSystem }), fingerprint, options)
    }
    case 'switch':
      return installer.run(await installer.planSwitch(asked.system), fingerprint, options)
    case 'repair':
      return installer.repair(release, fingerprint, options)
    case 'undo':
      return installer.undo(fingerprint, options)
    case 'make-room':
      if (release === null || room === null) return fail('release-not-found', { what: 'offline stage' })
      return installer.makeRoom(room, release, fingerprint, options)
    case 'clear-room':
      return installer.clearRoom(fingerprint, options)
    case 'recover': {
      // Another process may have ended that run in the meantime, and begun one of its own.
      const mark = await recoverMark(journal, hashText)
      if (!mark.ok) return mark
      if (mark.value === fingerprint) return installer.recover(options)
      return fail('fingerprint-differs', { required: fingerprint, found: mark.value, difference: null })
    }
  }
}
