import type { PlanAsked } from '../api/methods/plan-methods.ts'
import type { RunAsked } from '../api/methods/run-methods.ts'
import type { Machine } from '../model/machine.ts'
import { releaseAtHand } from '../plan/make-repair-plan.ts'
import type { OpenRelease, ReleaseSource } from '../ports/release-source.ts'
import type { OpenPlace } from './open-place.ts'
import type { RunWork } from './run-book.ts'

/** What a run that was asked for does on a target that was opened to write; the target is let go of at its end. */
export function runWork(
  asked: RunAsked,
  open: OpenPlace,
  releases: ReleaseSource,
  shown: Machine | null,
): RunWork {
  return async (options) => {
    const { installer } = open
    try {
      switch (asked.goal) {
        case 'install': {
          const release = await releases.open(asked.release)
          if (!release.ok) return release
          const confirmation = { fingerprint: asked.fingerprint, shown }
          return await installer.install(asked.choices, release.value, confirmation, options)
        }
        case 'confirm': {
          const { defaultSystem, fingerprint } = asked
          return await installer.run(await installer.planConfirm({ defaultSystem }), fingerprint, options)
        }
        case 'switch':
          return await installer.run(await installer.planSwitch(asked.system), asked.fingerprint, options)
        case 'repair':
          return await installer.repair(await installedRelease(open, releases), asked.fingerprint, options)
        case 'undo':
          return await installer.undo(asked.fingerprint, options)
        case 'make-room': {
          const { stage, partition, by, storeBytes, fingerprint } = asked
          const release = await releases.open(stage)
          if (!release.ok) return release
          return await installer.makeRoom({ partition, by, storeBytes }, release.value, fingerprint, options)
        }
        case 'clear-room':
          return await installer.clearRoom(asked.fingerprint, options)
        case 'recover':
          return await installer.recover(options)
      }
    } finally {
      await open.close()
    }
  }
}

/** The plan for a goal other than installing. */
export async function planLater(
  open: OpenPlace,
  asked: Exclude<PlanAsked, { readonly goal: 'install' }>,
  releases: ReleaseSource,
) {
  const { installer } = open
  switch (asked.goal) {
    case 'confirm':
      return installer.planConfirm({ defaultSystem: asked.defaultSystem })
    case 'switch':
      return installer.planSwitch(asked.system)
    case 'repair':
      return installer.planRepair(releaseAtHand(await installedRelease(open, releases)))
    case 'undo':
      return installer.planUndo()
    case 'make-room': {
      const { stage, partition, by } = asked
      const release = await releases.open(stage)
      return release.ok ? installer.planRoom({ partition, by }, release.value) : release
    }
    case 'clear-room':
      return installer.planClearRoom()
  }
}

/** The release that is on the PC, when it lies in the catalogue; a repair may do without. */
async function installedRelease(
  { installer }: OpenPlace,
  releases: ReleaseSource,
): Promise<OpenRelease | null> {
  const status = await installer.status()
  if (!status.ok || status.value.release === null) return null
  const release = await releases.open(status.value.release)
  return release.ok ? release.value : null
}
