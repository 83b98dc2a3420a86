import { Button } from 'react-aria-components'
import { AskFirst } from '../components/ask-first.tsx'
import { Icon } from '../components/icon.tsx'
import { More, PageFrame } from '../components/page-frame.tsx'
import { RunLog } from '../components/run-log.tsx'
import { Empty, FailureBox } from '../components/state-views.tsx'
import { Bar, Progress, StepList, stepName } from '../components/step-list.tsx'
import { Interrupted } from '../components/interrupted.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { HostPower } from '../store/page-state.ts'
import { isRunning, stepsDone, type RunView } from '../store/run-view.ts'

export interface InstallPageProps {
  readonly run: RunView | null
  readonly power: HostPower | null
  readonly onStop: () => void
  readonly onRecover: () => void
  readonly onDone: () => void
}

const titles = {
  install: 'install.title',
  undo: 'install.titleUndo',
  confirm: 'install.titleConfirm',
  switch: 'install.titleSwitch',
  repair: 'install.titleRepair',
  'make-room': 'install.titleRoom',
  'clear-room': 'install.titleClearRoom',
  recover: 'install.titleRecover',
} as const

/** Steps with their state, progress with rate and time left, and a safe stop. */
export function InstallPage(props: InstallPageProps) {
  const { t } = useWords()
  const { run } = props
  if (run === null)
    return (
      <PageFrame title={t('page.install')}>
        <Empty title={t('install.none')} hint={t('install.noneHint')} />
      </PageFrame>
    )
  const undoing = run.undoing !== null
  return (
    <PageFrame
      title={undoing ? t('install.undoingTitle') : t(titles[run.goal])}
      lead={undoing ? t('install.undoing') : t('install.lead')}
      actions={
        isRunning(run) ? (
          <StopButton run={run} onStop={props.onStop} />
        ) : (
          <Button className="button button-primary" onPress={props.onDone}>
            {t('action.next')}
          </Button>
        )
      }
    >
      <Notices {...props} run={run} />
      {run.checking === null ? null : (
        <div className="overall">
          <span>{t('install.checking')}</span>
          <Progress progress={run.checking} label={t('install.checking')} />
        </div>
      )}
      {run.steps.length === 0 ? null : (
        <div className="overall">
          <span>{t('install.overall')}</span>
          <Bar label={t('install.overall')} value={stepsDone(run)} most={run.steps.length} />
        </div>
      )}
      <Announced run={run} />
      <StepList run={run} />
      <More title={t('install.details')}>
        <RunLog run={run} />
      </More>
    </PageFrame>
  )
}

/** What a screen reader says when a step begins: once a step, when it has said what it was saying. */
function Announced({ run }: { readonly run: RunView }) {
  const { t, coreLocale } = useWords()
  const { current, steps } = run
  const name = current === null ? null : stepName(t, steps[current]?.kind ?? null, current, coreLocale)
  return (
    <p role="status" className="for-readers">
      {current === null || name === null
        ? ''
        : t('install.announce', { step: current + 1, count: steps.length, name })}
    </p>
  )
}

function Notices({ run, power, onRecover }: InstallPageProps & { readonly run: RunView }) {
  const { t, format } = useWords()
  const running = isRunning(run)
  return (
    <>
      {run.interrupted ? <Interrupted onRecover={onRecover} /> : null}
      {run.failure === null ? null : <FailureBox failure={run.failure} />}
      {running && power?.source === 'battery' ? (
        <p className="note-line note-warning">
          <Icon name="battery" />
          <span>
            {t('install.onBattery', {
              percent: power.percent === null ? '?' : format.percent(power.percent / 100),
            })}
          </span>
        </p>
      ) : null}
      {running ? <p className="quiet small">{t('install.awake')}</p> : null}
    </>
  )
}

function StopButton({ run, onStop }: { readonly run: RunView; readonly onStop: () => void }) {
  const { t } = useWords()
  if (run.undoing !== null) return <p role="status">{t('install.undoingTitle')}</p>
  if (run.stopping) return <p role="status">{t('install.stopping')}</p>
  return (
    <AskFirst
      button={t('install.stop')}
      title={t('install.stopAskTitle')}
      text={t('install.stopAsk')}
      yes={t('install.stopYes')}
      no={t('install.stopNo')}
      onYes={onStop}
    />
  )
}
