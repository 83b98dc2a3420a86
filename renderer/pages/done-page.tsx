import { Button } from 'react-aria-components'
import type { WireFailure } from '../../installer-core/api/wire-values.ts'
import type { Report } from '../../installer-core/model/report.ts'
import { describeEvidence } from '../../installer-core/text/describe-evidence.ts'
import { Icon } from '../components/icon.tsx'
import { Options } from '../components/expert-choices.tsx'
import { Findings } from '../components/findings.tsx'
import { Interrupted } from '../components/interrupted.tsx'
import { More, PageFrame, Section } from '../components/page-frame.tsx'
import { RunLog } from '../components/run-log.tsx'
import { Empty, FailureBox } from '../components/state-views.tsx'
import { isRoomAlone } from '../components/use-confirm-text.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Status } from '../store/page-state.ts'
import type { RunView } from '../store/run-view.ts'

export interface DonePageProps {
  readonly run: RunView | null
  readonly status: Status | null
  readonly system: string
  /** Why a restart did not come about; null when nothing was refused. */
  readonly refused: WireFailure | null
  readonly defaultSystem: 'present' | 'new'
  readonly onDefault: (system: 'present' | 'new') => void
  readonly onRestart: () => void
  readonly onHome: () => void
  readonly onUndo: () => void
  readonly onClearRoom: () => void
  readonly onKeep: () => void
  readonly onRecover: () => void
  readonly onReport: () => void
}

/** What was proven, and what to do now. */
export function DonePage(props: DonePageProps) {
  const { t } = useWords()
  const { run, system } = props
  const report = run?.report ?? null
  if (run === null || report === null)
    return (
      <PageFrame
        title={t(run?.interrupted === true ? 'done.interrupted' : 'page.done')}
        actions={<HomeButton onHome={props.onHome} primary />}
      >
        {run?.interrupted === true ? (
          <Interrupted onRecover={props.onRecover} />
        ) : (
          <Empty title={t('done.none')} hint={t('done.noneHint')} />
        )}
      </PageFrame>
    )
  const { outcome } = report
  const said = isTakenBack(report) ? 'takenBack' : isRoomReturned(report) ? 'room-returned' : outcome
  return (
    <PageFrame
      title={t(`done.${said}`)}
      lead={t(`done.${said}Lead`, { system })}
      actions={<Next {...props} report={report} />}
    >
      {props.refused === null ? null : <FailureBox failure={props.refused} />}
      {run.failure === null ? null : <FailureBox failure={run.failure} />}
      {outcome === 'interrupted' ? <Interrupted onRecover={props.onRecover} /> : null}
      <Trial {...props} />
      <Findings issues={report.issues.filter((issue) => issue.severity !== 'note')} />
      <Proven report={report} />
      <More title={t('install.details')}>
        <RunLog run={run} />
      </More>
    </PageFrame>
  )
}

function Next(props: DonePageProps & { readonly report: Report }) {
  const { t } = useWords()
  const { report } = props
  const { outcome } = report
  const isChosen = outcome === 'room-prepared' || (outcome === 'switched' && !isTakenBack(report))
  if (outcome === 'installed' || isChosen)
    return (
      <>
        {outcome === 'installed' ? (
          <Button className="button button-plain" onPress={props.onUndo}>
            {t('done.undo')}
          </Button>
        ) : null}
        {outcome === 'room-prepared' ? (
          <Button className="button button-plain" onPress={props.onClearRoom}>
            {t('room.takeBack')}
          </Button>
        ) : null}
        <Button className="button" onPress={props.onHome}>
          {t('done.later')}
        </Button>
        <Button className="button button-primary" onPress={props.onRestart}>
          {outcome === 'installed' ? t('done.restart') : t('done.restartChosen')}
        </Button>
      </>
    )
  return (
    <>
      <Button className="button" onPress={props.onReport}>
        {t('done.report')}
      </Button>
      <HomeButton onHome={props.onHome} primary />
    </>
  )
}

/** The choice for the next start was taken back: there is nothing to restart for. */
function isTakenBack({ outcome, steps }: Report): boolean {
  return outcome === 'switched' && steps.some(({ step }) => step.kind === 'clear-boot-next')
}

function isRoomReturned({ outcome, steps }: Report): boolean {
  return outcome === 'undone' && isRoomAlone({ steps: steps.map(({ step }) => step) })
}

function HomeButton({ onHome, primary }: { readonly onHome: () => void; readonly primary: boolean }) {
  const { t } = useWords()
  return (
    <Button className={primary ? 'button button-primary' : 'button'} onPress={onHome}>
      {t('done.overview')}
    </Button>
  )
}

/** After the trial: keep it, and which system starts by default. */
function Trial(props: DonePageProps) {
  if (props.status?.state !== 'trial' || !props.status.started) return null
  return <KeepBox {...props} />
}

export function KeepBox(props: Pick<DonePageProps, 'defaultSystem' | 'onDefault' | 'onKeep'>) {
  const { t } = useWords()
  return (
    <section className="card">
      <h2 className="section-title">{t('done.keepTitle')}</h2>
      <Options
        label={t('done.keepLead')}
        value={props.defaultSystem}
        options={[
          { value: 'present', text: t('done.defaultPresent') },
          { value: 'new', text: t('done.defaultNew') },
        ]}
        onChange={(value) => props.onDefault(value === 'new' ? 'new' : 'present')}
      />
      <Button className="button button-primary" onPress={props.onKeep}>
        {t('done.keep')}
      </Button>
    </section>
  )
}

function Proven({ report }: { readonly report: Report }) {
  const { t, coreLocale } = useWords()
  const proofs = describeEvidence(
    report.steps.flatMap((step) => step.evidence),
    coreLocale,
  )
  const left = report.steps.flatMap((step) => step.left)
  return (
    <>
      {proofs.length === 0 ? null : (
        <Section title={t('done.proven')}>
          <p className="quiet">{t('done.provenLead')}</p>
          <ul className="proofs">
            {proofs.map((line) => (
              <li key={line}>
                <Icon name="check" />
                <span className="hostile">{line}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {left.length === 0 ? null : (
        <Section title={t('done.left')}>
          <ul>
            {left.map((line) => (
              <li key={line} className="hostile">
                {line}
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
