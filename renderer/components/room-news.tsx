import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { findPlace } from '../../installer-core/check/locate.ts'
import { volumeName } from '../../installer-core/check/space/shrink-fitness.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Load } from '../store/load.ts'
import type { FoundRoom } from '../store/page-state.ts'
import { withoutCommands } from './engine-text.ts'
import { Icon } from './icon.tsx'
import { FailureBox } from './state-views.tsx'

export interface RoomNewsActions {
  readonly onRestart: () => void
  /** Takes back what was prepared, or away what is left: its plan is shown first. */
  readonly onClearRoom: () => void
  readonly onInstall: () => void
}

/** How it stands with the start that makes room: prepared, under way, or how it ended. */
export function RoomNews(
  props: RoomNewsActions & {
    readonly found: Load<FoundRoom | null>
    readonly machine: Machine
    readonly readOnly: boolean
  },
) {
  const { t, format } = useWords()
  const { found, machine, readOnly } = props
  if (found.state === 'failed') return <FailureBox failure={found.failure} />
  const room = found.state === 'ready' ? found.value : null
  if (room === null) return null
  const partition = findPlace(machine, room.partition)?.partition
  const volume = partition === undefined ? t('disk.unnamed') : volumeName(partition)
  const facts = { volume, size: format.size(room.from - room.to) }
  const press = (words: string, onPress: () => void, isPrimary: boolean) => (
    <Button
      key={words}
      className={isPrimary ? 'button button-primary' : 'button'}
      isDisabled={readOnly}
      onPress={onPress}
    >
      {words}
    </Button>
  )
  const restart = press(t('room.restart'), props.onRestart, true)
  switch (room.phase) {
    case 'prepare':
      return machine.firmware.bootNext === room.entry ? (
        <News kind="note" title={t('room.waits')} text={t('room.waitsText', facts)}>
          {[restart, press(t('room.takeBack'), props.onClearRoom, false)]}
        </News>
      ) : (
        <News kind="warning" title={t('room.unchosen')} text={t('room.unchosenText')}>
          {press(t('room.takeBack'), props.onClearRoom, true)}
        </News>
      )
    case 'merge':
    case 'table':
      return (
        <News kind="blocker" title={t('room.halfWay')} text={t('room.halfWayText', facts)}>
          {restart}
        </News>
      )
    case 'done':
      return (
        <News kind="check" title={t('room.done')} text={t('room.doneText', facts)} more={t('room.doneTidy')}>
          {[press(t('room.onward'), props.onInstall, true), press(t('room.tidy'), props.onClearRoom, false)]}
        </News>
      )
    case 'refused':
      return (
        <News
          kind="warning"
          title={t('room.refused')}
          text={`${t('room.refusedText', facts)} ${withoutCommands(room.failure?.message ?? '')}`}
          remedy={room.failure === null ? undefined : withoutCommands(room.failure.remedy)}
        >
          {press(t('room.tidy'), props.onClearRoom, true)}
        </News>
      )
  }
}

function News(props: {
  readonly kind: 'note' | 'warning' | 'blocker' | 'check'
  readonly title: string
  readonly text: string
  readonly more?: string
  readonly remedy?: string | undefined
  readonly children: ReactNode
}) {
  const { t } = useWords()
  const { kind, title, text, more, remedy } = props
  return (
    <section className={`finding finding-${kind}`} role="status">
      <h2 className="finding-title">
        <Icon name={kind} />
        {title}
      </h2>
      <p className="hostile">{text}</p>
      {remedy === undefined ? null : (
        <p>
          <strong>{t('state.whatHelps')}:</strong> <span className="hostile">{remedy}</span>
        </p>
      )}
      {more === undefined ? null : <p className="quiet">{more}</p>}
      <div className="button-row">{props.children}</div>
    </section>
  )
}
