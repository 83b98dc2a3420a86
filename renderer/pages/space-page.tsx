import { Button } from 'react-aria-components'
import type { Choices } from '../../installer-core/model/choices.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import type { PlanOutcome } from '../../installer-core/plan/plan-outcome.ts'
import { BeforeAfter, DiskTable } from '../components/disk-picture.tsx'
import { rowsAfter, rowsOf, type DiskRow } from '../components/disk-rows.ts'
import { Findings } from '../components/findings.tsx'
import { MakeRoom, type MakeRoomProps } from '../components/make-room.tsx'
import { More, PageFrame, Section } from '../components/page-frame.tsx'
import { SizeField } from '../components/size-field.tsx'
import { ExpertChoices } from '../components/expert-choices.tsx'
import { SpaceSource } from '../components/space-source.tsx'
import { Empty } from '../components/state-views.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { Change } from '../store/actions.ts'
import type { SpaceOffer } from '../store/planning.ts'

export interface SpacePageProps {
  readonly machine: Machine | null
  readonly choices: Choices
  readonly offer: SpaceOffer | null
  readonly outcome: PlanOutcome | null
  readonly expert: boolean
  /** The way to room where the running system itself is in the way. */
  readonly rooms: MakeRoomProps
  readonly onChange: (change: Change) => void
  readonly onExpert: (expert: boolean) => void
  readonly onBack: () => void
  readonly onNext: () => void
}

/** Before and after one above the other; sizes within the true limits; where the space comes from. */
export function SpacePage(props: SpacePageProps) {
  const { t } = useWords()
  const { machine, offer, outcome } = props
  const needsRoom = outcome?.plan === null && props.rooms.offers.length > 0
  return (
    <PageFrame
      title={t('space.title')}
      lead={t(needsRoom ? 'room.spaceLead' : 'space.lead')}
      wide
      actions={
        <>
          <Button className="button button-plain" onPress={props.onBack}>
            {t('action.back')}
          </Button>
          <Button
            className="button button-primary"
            isDisabled={outcome === null || outcome.plan === null}
            onPress={props.onNext}
          >
            {t('action.next')}
          </Button>
        </>
      }
    >
      {machine === null || offer === null || outcome === null ? (
        <Empty title={t('state.noPc')} hint={t('state.noPcHint')} />
      ) : (
        <Sizes {...props} machine={machine} offer={offer} outcome={outcome} />
      )}
    </PageFrame>
  )
}

interface Known extends SpacePageProps {
  readonly machine: Machine
  readonly offer: SpaceOffer
  readonly outcome: PlanOutcome
}

function Sizes(props: Known) {
  const { t } = useWords()
  const { machine, offer, outcome, choices, onChange } = props
  const { boot, data } = offer
  const blockers = outcome.issues.filter((issue) => issue.severity === 'blocker')
  const bootField =
    boot === null ? null : (
      <SizeField
        label={t('space.bootSize')}
        limits={boot}
        onChange={(value) => onChange({ bootSpace: value as NonNullable<Choices['bootSpace']> })}
      />
    )
  return (
    <>
      <Picture machine={machine} outcome={outcome} />
      <Summary offer={offer} outcome={outcome} />
      {blockers.length === 0 ? null : <MakeRoom {...props.rooms} isOnlyWay />}
      <Findings issues={blockers} />
      {data === null ? null : (
        <SizeField
          label={t('space.dataSize')}
          limits={data}
          onChange={(value) => onChange({ dataSpace: value as NonNullable<Choices['dataSpace']> })}
        />
      )}
      {data === null ? bootField : null}
      {boot === null && data === null && blockers.length === 0 ? (
        <p className="quiet">{t('space.noSize')}</p>
      ) : null}
      <Section title={t('space.from')}>
        <SpaceSource offer={offer} choices={choices} onChange={onChange} />
      </Section>
      {blockers.length === 0 ? <MakeRoom {...props.rooms} isOnlyWay={false} /> : null}
      <ExpertChoices {...props}>{data === null ? null : bootField}</ExpertChoices>
    </>
  )
}

function Picture({ machine, outcome }: { readonly machine: Machine; readonly outcome: PlanOutcome }) {
  const { t, format } = useWords()
  const { plan } = outcome
  if (plan === null) return null
  return (
    <>
      {plan.after.map((after) => {
        const disk = machine.disks.find((one) => one.id === after.disk)
        if (disk === undefined) return null
        const rows: readonly DiskRow[] = rowsAfter(disk, after, plan)
        const caption = t('disk.model', { model: disk.model || disk.name, size: format.size(disk.size) })
        return (
          <div className="card disk" key={after.disk}>
            <h2 className="disk-name hostile">{caption}</h2>
            <BeforeAfter before={rowsOf(disk)} after={rows} />
            <More title={t('disk.table')}>
              <DiskTable rows={rows} caption={`${t('disk.after')}: ${caption}`} />
            </More>
          </div>
        )
      })}
    </>
  )
}

function Summary({ offer, outcome }: { readonly offer: SpaceOffer; readonly outcome: PlanOutcome }) {
  const { t, format } = useWords()
  const { plan } = outcome
  if (plan === null) return null
  const shrink = plan.steps.find((step) => step.kind === 'shrink-volume')
  const made = plan.steps.reduce((sum, step) => sum + (step.kind === 'create-partition' ? step.size : 0), 0)
  if (shrink === undefined)
    return (
      <p className="summary">
        {made > 0 ? t('space.summaryGap', { size: format.size(made) }) : t('space.summaryVolume')}
      </p>
    )
  const place = offer.candidates.find((one) => one.partition?.id === shrink.target.partition)?.partition
  const smaller = shrink.from - shrink.to
  return (
    <p className="summary hostile">
      {t('space.summaryShrink', {
        volume: place?.volume.label || place?.name || t('disk.unnamed'),
        size: format.size(smaller),
        left: format.size(shrink.to),
        free: format.size(Math.max(0, (place?.volume.free ?? 0) - smaller)),
      })}
    </p>
  )
}
