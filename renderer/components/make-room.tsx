import { useState } from 'react'
import { Button } from 'react-aria-components'
import { bytes } from '../../installer-core/base/bytes.ts'
import { volumeName } from '../../installer-core/check/space/shrink-fitness.ts'
import type { ReleaseId } from '../../installer-core/model/primitives.ts'
import { useWords } from '../i18n/use-words.ts'
import type { RoomChoice } from '../store/page-state.ts'
import type { RoomOffer } from '../store/room-offer.ts'
import { Icon } from './icon.tsx'
import { More } from './page-frame.tsx'
import { SizeField } from './size-field.tsx'

export interface MakeRoomProps {
  readonly offers: readonly RoomOffer[]
  /** The small system that would be started; null while it is not at hand. */
  readonly stage: string | null
  /** What was wished for before. */
  readonly wished: RoomChoice | null
  readonly onMakeRoom: (room: RoomChoice) => void
  readonly onSystems: () => void
}

/** The way to room where the running system itself is in the way: in sight where nothing else is left, else folded away. */
export function MakeRoom(props: MakeRoomProps & { readonly isOnlyWay: boolean }) {
  const { t } = useWords()
  return (
    <>
      {props.offers.map((offer) =>
        props.isOnlyWay ? (
          <section key={offer.place.partition.id} className="card">
            <h2 className="section-title">{t('room.title')}</h2>
            <Way {...props} offer={offer} />
          </section>
        ) : (
          <More
            key={offer.place.partition.id}
            title={t('room.titleMore', { volume: volumeName(offer.place.partition) })}
          >
            <Way {...props} offer={offer} />
          </More>
        ),
      )}
    </>
  )
}

const steps = ['step1', 'step2', 'step3', 'step4'] as const

function Way(props: MakeRoomProps & { readonly offer: RoomOffer }) {
  const { t, format } = useWords()
  const { offer, stage, wished } = props
  const { partition } = offer.place
  const { least, most, value } = offer.limits
  const volume = volumeName(partition)
  const before = wished?.partition === partition.id ? wished.by : value
  const [chosen, choose] = useState<number>(before)
  const by = Math.min(most, Math.max(least, chosen))
  return (
    <>
      <p className="hostile">{t('room.lead', { volume })}</p>
      <ol className="plan-steps">
        {steps.map((step) => (
          <li key={step} className="hostile">
            {t(`room.${step}`, { volume })}
          </li>
        ))}
      </ol>
      {stage === null ? (
        <NoStage onSystems={props.onSystems} />
      ) : (
        <>
          <SizeField label={t('room.size')} limits={{ least, most, value: by }} onChange={choose} />
          <p className="summary hostile">
            {t('room.keeps', {
              volume,
              left: format.size(partition.size - by),
              free: format.size(Math.max(0, (partition.volume.free ?? 0) - by)),
            })}
          </p>
          <div className="button-row">
            <Button
              className="button button-primary"
              onPress={() =>
                props.onMakeRoom({ stage: stage as ReleaseId, partition: partition.id, by: bytes(by) })
              }
            >
              {t('room.go')}
            </Button>
          </div>
        </>
      )}
    </>
  )
}

/** What is missing, and where it comes from. */
function NoStage({ onSystems }: { readonly onSystems: () => void }) {
  const { t } = useWords()
  return (
    <>
      <p className="note-line note-warning">
        <Icon name="warning" />
        <span>{t('room.noStage')}</span>
      </p>
      <p>{t('room.noStageFetch')}</p>
      <p className="quiet small hostile">{t('room.noStageBuild')}</p>
      <div className="button-row">
        <Button className="button" onPress={onSystems}>
          {t('room.toSystems')}
        </Button>
      </div>
    </>
  )
}
