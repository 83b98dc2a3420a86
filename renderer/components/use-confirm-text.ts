import type { Machine } from '../../installer-core/model/machine.ts'
import type { Plan } from '../../installer-core/model/plan.ts'
import { useWords } from '../i18n/use-words.ts'

/** What the button says: the change and the disk it concerns, from the plan's own steps. */
export function useConfirmText(plan: Plan | null, machine: Machine | null, system: string): string {
  const { t, format } = useWords()
  if (plan === null) return t('action.next')
  const touched = plan.before[0]?.disk ?? null
  const disk = machine?.disks.find((one) => one.id === touched)
  const name = disk === undefined ? '' : disk.model || disk.name
  switch (plan.goal) {
    case 'undo':
      if (isRoomAlone(plan)) return t('room.giveBack')
      return name === ''
        ? t('review.confirmUndoEntry', { system })
        : t('review.confirmUndo', { system, disk: name })
    case 'confirm':
      return t('review.confirmKeep', { system })
    case 'switch':
      return t('review.confirmSwitch')
    case 'repair':
      return t('review.confirmRepair', { system })
    case 'make-room':
      return t('review.confirmRoom')
    case 'clear-room':
      return t('review.confirmClearRoom')
    case 'install': {
      const shrink = plan.steps.find((step) => step.kind === 'shrink-volume')
      if (shrink === undefined) {
        const made = plan.steps.some((step) => step.kind === 'create-partition')
        return made
          ? t('review.confirmGap', { system, disk: name })
          : t('review.confirmVolume', { system, disk: name })
      }
      const volume = disk?.partitions.find((one) => one.id === shrink.target.partition)
      return t('review.confirmShrink', {
        volume: volume?.volume.label || volume?.name || t('disk.windows'),
        size: format.size(shrink.from - shrink.to),
        system,
      })
    }
  }
}

/** Nothing is taken away but room: a partition gets back what it gave. */
export function isRoomAlone({ steps }: Pick<Plan, 'steps'>): boolean {
  return steps.length > 0 && steps.every(({ kind }) => kind === 'return-room')
}
