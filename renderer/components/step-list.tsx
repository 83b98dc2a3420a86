import { ProgressBar } from 'react-aria-components'
import type { TFunction } from 'i18next'
import type { Locale } from '../../installer-core/text/locale.ts'
import { hasSentence, sentence } from '../../installer-core/text/sentence.ts'
import { useWords } from '../i18n/use-words.ts'
import type { RunView, StepProgress, StepView } from '../store/run-view.ts'
import { Icon } from './icon.tsx'

/** What a step does, in the core's words. */
export function stepName(t: TFunction, kind: string | null, index: number, locale: Locale): string {
  const key = `step.${kind ?? ''}.doing`
  return kind !== null && hasSentence(key, locale)
    ? sentence(key, {}, locale)
    : t('install.unknownStep', { step: index + 1 })
}

/** The steps of a run and how each of them is. */
export function StepList({ run }: { readonly run: RunView }) {
  return (
    <ol className="steps">
      {run.steps.map((step, index) => (
        <Step
          key={index}
          step={step}
          index={index}
          progress={index === run.current && step.state === 'working' ? run.progress : null}
        />
      ))}
    </ol>
  )
}

function Step(props: {
  readonly step: StepView
  readonly index: number
  readonly progress: StepProgress | null
}) {
  const { t, coreLocale } = useWords()
  const { step, index, progress } = props
  const name = stepName(t, step.kind, index, coreLocale)
  return (
    <li className={`step step-${step.state}`} aria-current={step.state === 'working' ? 'step' : undefined}>
      <span className="step-mark" aria-hidden="true">
        <StepMark state={step.state} index={index} />
      </span>
      <span className="step-body">
        <span className="step-name">{name}</span>
        <span className="quiet small">{t(`install.${step.state}`)}</span>
        {progress === null ? null : <Progress progress={progress} label={name} />}
      </span>
    </li>
  )
}

function StepMark({ state, index }: { readonly state: StepView['state']; readonly index: number }) {
  switch (state) {
    case 'verified':
      return <Icon name="check" />
    case 'failed':
      return <Icon name="blocker" />
    case 'undone':
      return <Icon name="undo" />
    case 'waiting':
    case 'working':
      return <>{index + 1}</>
  }
}

/** Amount, rate and time left under a bar. */
export function Progress({ progress, label }: { readonly progress: StepProgress; readonly label: string }) {
  const { t, format } = useWords()
  const { done, total, rate, secondsLeft } = progress
  const parts = [
    t('install.amount', { done: format.size(done), total: format.size(total) }),
    ...(rate === null ? [] : [t('install.rate', { rate: format.size(rate) })]),
    ...(secondsLeft === null ? [] : [t('install.left', { time: format.time(secondsLeft) })]),
  ]
  return (
    <>
      <Bar label={label} value={done} most={total} />
      <span className="quiet small numbers">{parts.join(' · ')}</span>
    </>
  )
}

/** How much of something is done. */
export function Bar(props: { readonly label: string; readonly value: number; readonly most: number }) {
  const share = props.most === 0 ? 0 : Math.min(1, props.value / props.most)
  return (
    <ProgressBar aria-label={props.label} className="bar" value={share * 100}>
      <span className="bar-fill" style={{ inlineSize: `${share * 100}%` }} />
    </ProgressBar>
  )
}
