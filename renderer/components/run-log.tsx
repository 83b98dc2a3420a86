import { useWords } from '../i18n/use-words.ts'
import type { RunView } from '../store/run-view.ts'
import { stepName } from './step-list.tsx'

/** What a run said, line by line, for those who want to know. */
export function RunLog({ run }: { readonly run: RunView }) {
  const { t, coreLocale } = useWords()
  const name = (index: number) => stepName(t, run.steps[index]?.kind ?? null, index, coreLocale)
  const text = (event: RunView['log'][number]['event']): string => {
    switch (event.event) {
      case 'run-begun':
        return t('install.logBegun', { count: event.steps })
      case 'step-begun':
        return t('install.logStep', { name: name(event.step) })
      case 'step-ended':
        return t('install.logEnded', { name: name(event.step), state: t(`install.${event.state}`) })
      case 'run-undoing':
        return t('install.logUndoing', { reason: event.reason })
      case 'run-ended':
        return t('install.logDone')
      case 'release-check':
      case 'step-progress':
        return ''
    }
  }
  if (run.log.length === 0) return <p className="quiet">{t('install.logEmpty')}</p>
  return (
    <ol className="log hostile">
      {run.log.map(({ sequence, time, event }) => (
        <li key={sequence}>
          <time dateTime={time}>{time.slice(11, 19)}</time> {text(event)}
        </li>
      ))}
    </ol>
  )
}
