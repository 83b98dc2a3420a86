import { Button } from 'react-aria-components'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from './icon.tsx'

/** A run that did not end was found: one button brings the PC to one of two ends, done or as before. */
export function Interrupted({ onRecover }: { readonly onRecover: () => void }) {
  const { t } = useWords()
  return (
    <section className="finding finding-warning">
      <h2 className="finding-title">
        <Icon name="warning" />
        {t('state.interruptedTitle')}
      </h2>
      <p>{t('state.interrupted')}</p>
      <p className="quiet">{t('state.interruptedHint')}</p>
      <Button className="button button-primary" onPress={onRecover}>
        {t('state.interruptedGo')}
      </Button>
    </section>
  )
}
