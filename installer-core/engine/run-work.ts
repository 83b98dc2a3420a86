import type { RunAsked } from '../api/methods/run-methods.ts'
import type { Machine } from '../model/machine.ts'
import type { ReleaseSource } from '../ports/release-source.ts'
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
        case 'undo':
          return await installer.undo(asked.fingerprint, options)
        case 'recover':
          return await installer.recover(options)
      }
    } finally {
      await open.close()
    }
  }
}

/** The plan for a goal other than installing. */
export function planLater(
  { installer }: OpenPlace,
  asked:
    | { readonly goal: 'confirm'; readonly defaultSystem: 'present' | 'new' }
    | { readonly goal: 'switch'; readonly system: 'windows' | 'berth' }
    | { readonly goal: 'undo' },
) {
  switch (asked.goal) {
    case 'confirm':
      return installer.planConfirm({ defaultSystem: asked.defaultSystem })
    case 'switch':
      return installer.planSwitch(asked.system)
    case 'undo':
      return installer.planUndo()
  }
}
