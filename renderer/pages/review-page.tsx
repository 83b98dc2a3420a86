import { useState } from 'react'
import { Button } from 'react-aria-components'
import type { WirePlanned } from '../../installer-core/api/methods/plan-methods.ts'
import type { Machine } from '../../installer-core/model/machine.ts'
import { RightsAnswer } from '../components/advisory-pc.tsx'
import { BeforeAfter } from '../components/disk-picture.tsx'
import { rowsAfter, rowsOf } from '../components/disk-rows.ts'
import { withoutCommands } from '../components/engine-text.ts'
import { Findings } from '../components/findings.tsx'
import { Icon } from '../components/icon.tsx'
import { More, PageFrame, Section } from '../components/page-frame.tsx'
import { planText } from '../components/plan-text.ts'
import { Loaded } from '../components/state-views.tsx'
import { isRoomAlone, useConfirmText } from '../components/use-confirm-text.ts'
import { useWords } from '../i18n/use-words.ts'
import { idle, needsRights, type Load } from '../store/load.ts'
import type { Proposal } from '../store/page-state.ts'

export interface ReviewPageProps {
  readonly proposal: Proposal | null
  readonly machine: Machine | null
  /** What the person calls the new system. */
  readonly system: string
  readonly readOnly: boolean
  /** Full rights on this PC, when they were asked for here. */
  readonly rights: Load<true>
  readonly onElevate: () => void
  readonly onConfirm: () => void
  readonly onBack: () => void
  readonly onRetry: () => void
  readonly onCopy: (text: string) => Promise<void>
  readonly onSaveProfile: (planned: WirePlanned) => void
}

const titles = {
  install: 'review.title',
  undo: 'review.titleUndo',
  confirm: 'review.titleConfirm',
  switch: 'review.titleSwitch',
  repair: 'review.titleRepair',
  'make-room': 'review.titleRoom',
  'clear-room': 'review.titleClearRoom',
} as const

/** Every change as a sentence, what stays, the way back; the button says what it does to which disk. */
export function ReviewPage(props: ReviewPageProps) {
  const { t } = useWords()
  const { proposal, machine, system, readOnly } = props
  const planned = proposal?.planned ?? idle
  const plan = planned.state === 'ready' ? planned.value.plan : null
  const confirmText = useConfirmText(plan, machine, system)
  const goal = proposal?.goal ?? 'install'
  return (
    <PageFrame
      title={plan !== null && isRoomAlone(plan) ? t('room.giveBack') : t(titles[goal])}
      lead={plan === null || plan.steps.length === 0 ? undefined : t('review.lead')}
      wide
      actions={
        <>
          <Button className="button button-plain" onPress={props.onBack}>
            {t('action.back')}
          </Button>
          {needsRights(planned) ? (
            <Button
              className="button button-primary"
              isDisabled={props.rights.state === 'loading'}
              onPress={props.onElevate}
            >
              {t('pc.elevate')}
            </Button>
          ) : (
            <Button
              className={goal === 'undo' ? 'button button-danger hostile' : 'button button-primary hostile'}
              isDisabled={plan === null || plan.steps.length === 0 || readOnly}
              onPress={props.onConfirm}
            >
              {readOnly ? t('review.confirmReadOnly') : confirmText}
            </Button>
          )}
        </>
      }
    >
      {needsRights(planned) ? (
        <NeedsRights rights={props.rights} />
      ) : (
        <Loaded load={planned} waiting={t('state.loadingPlan')} onRetry={props.onRetry}>
          {(value) => <PlanView {...props} planned={value} />}
        </Loaded>
      )}
    </PageFrame>
  )
}

/** Nothing went wrong yet: only with full rights can be said what would change. They are asked for, or were refused. */
function NeedsRights({ rights }: { readonly rights: Load<true> }) {
  const { t } = useWords()
  return (
    <>
      <div className="verdict verdict-info">
        <Icon name="note" large />
        <div>
          <p className="verdict-title">{t('review.needsRights')}</p>
          <p>{t('pc.advisoryElevate')}</p>
        </div>
      </div>
      <RightsAnswer rights={rights} />
    </>
  )
}

function PlanView(props: ReviewPageProps & { readonly planned: WirePlanned }) {
  const { t, format } = useWords()
  const { planned, machine } = props
  const { plan, issues, description } = planned
  if (plan === null)
    return (
      <>
        <p className="summary">{t('review.blocked')}</p>
        <Findings issues={issues} />
      </>
    )
  const section = (kind: (typeof description)[number]['kind']) => description.find((one) => one.kind === kind)
  const steps = section('steps')
  const lost = section('lost')
  const point = plan.pointOfNoReturn
  const noReturn = plan.goal === 'repair' ? 'review.noReturnRepair' : 'review.noReturn'
  if (steps === undefined) return <p className="summary">{t('review.nothing')}</p>
  return (
    <>
      <p className="summary">
        {t('review.effort', {
          time: format.time(plan.estimateSeconds),
          size: format.size(plan.bytesToWrite),
        })}
      </p>
      {machine === null ? null : <Pictures machine={machine} planned={planned} />}
      <Section title={steps.heading}>
        <ol className="plan-steps">
          {steps.lines.map((line, at) => (
            <li key={line} className={at === point ? 'hostile no-return' : 'hostile'}>
              {withoutCommands(line)}
            </li>
          ))}
        </ol>
        <p className={point === null ? 'note-line' : 'note-line note-warning'}>
          <Icon name={point === null ? 'undo' : 'warning'} />
          <span>{point === null ? t('review.noReturnNone') : t(noReturn, { step: point + 1 })}</span>
        </p>
      </Section>
      <div className="columns">
        {(['untouched', 'back'] as const).map((kind) => (
          <Lines key={kind} section={section(kind)} icon={kind === 'back' ? 'undo' : 'check'} />
        ))}
      </div>
      <Lines section={lost} icon="note" />
      {machine === null ? null : <BitlockerLine machine={machine} planned={planned} />}
      <Findings issues={issues} />
      <Experts {...props} planned={planned} />
    </>
  )
}

function Lines(props: {
  readonly section: { readonly heading: string; readonly lines: readonly string[] } | undefined
  readonly icon: 'check' | 'undo' | 'note'
}) {
  if (props.section === undefined) return null
  return (
    <section className="card promises">
      <h2 className="section-title">{props.section.heading}</h2>
      <ul>
        {props.section.lines.map((line, at) => (
          <li key={`${at} ${line}`}>
            <Icon name={props.icon} />
            <span className="hostile">{withoutCommands(line)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** BitLocker's prompt, predicted by a finding or excluded with the reason. */
function BitlockerLine({ machine, planned }: { readonly machine: Machine; readonly planned: WirePlanned }) {
  const { t } = useWords()
  if (planned.issues.some((issue) => issue.id.startsWith('bitlocker-'))) return null
  const here = machine.disks
    .flatMap((disk) => disk.partitions)
    .some(({ volume }) => volume.fileSystem === 'bitlocker' || volume.bitlocker !== null)
  return (
    <Section title={t('review.bitlocker')}>
      <p>{here ? t('review.bitlockerKept') : t('review.bitlockerNone')}</p>
    </Section>
  )
}

function Pictures({ machine, planned }: { readonly machine: Machine; readonly planned: WirePlanned }) {
  const { t, format } = useWords()
  const { plan } = planned
  if (plan === null) return null
  const changed = plan.steps.some((step) =>
    [
      'shrink-volume',
      'create-partition',
      'remove-partition',
      'grow-volume',
      'return-room',
      'write-stage',
    ].includes(step.kind),
  )
  if (!changed) return null
  return (
    <>
      {plan.after.map((after) => {
        const disk = machine.disks.find((one) => one.id === after.disk)
        return disk === undefined ? null : (
          <div className="card disk" key={after.disk}>
            <h2 className="disk-name hostile">
              {t('disk.model', { model: disk.model || disk.name, size: format.size(disk.size) })}
            </h2>
            <BeforeAfter before={rowsOf(disk)} after={rowsAfter(disk, after, plan)} />
          </div>
        )
      })}
    </>
  )
}

function Experts(props: ReviewPageProps & { readonly planned: WirePlanned }) {
  const { t } = useWords()
  const [said, say] = useState('')
  const { planned } = props
  return (
    <>
      <div className="button-row">
        <Button
          className="button"
          onPress={() => void props.onCopy(planText(planned.description)).then(() => say(t('action.copied')))}
        >
          {t('action.copy')}
        </Button>
        {planned.plan?.goal === 'install' ? (
          <Button
            className="button"
            onPress={() => {
              props.onSaveProfile(planned)
              say(t('review.saved'))
            }}
          >
            {t('review.saveProfile')}
          </Button>
        ) : null}
        <span role="status" className="quiet">
          {said}
        </span>
      </div>
      <More title={t('review.details')}>
        <pre className="log hostile">{planText(planned.description)}</pre>
      </More>
    </>
  )
}
