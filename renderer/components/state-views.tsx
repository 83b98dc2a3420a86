import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { WireFailure } from '../../installer-core/api/wire-values.ts'
import type { Load } from '../store/load.ts'
import { useWords } from '../i18n/use-words.ts'
import { withoutCommands } from './engine-text.ts'
import { Icon } from './icon.tsx'

/** Something that takes a while, said politely. */
export function Loading({ text }: { readonly text: string }) {
  return (
    <div className="loading" role="status">
      <span className="loading-mark" aria-hidden="true" />
      <p>{text}</p>
    </div>
  )
}

/** Nothing here yet, and what would bring something here. */
export function Empty(props: {
  readonly title: string
  readonly hint: string
  readonly children?: ReactNode
}) {
  return (
    <div className="empty">
      <Icon name="anchor" large />
      <p className="empty-title">{props.title}</p>
      <p className="quiet">{props.hint}</p>
      {props.children}
    </div>
  )
}

/** What did not work, in the words of the engine, and what helps. */
export function FailureBox(props: {
  readonly failure: WireFailure
  readonly onRetry?: (() => void) | undefined
}) {
  const { t } = useWords()
  const { failure, onRetry } = props
  return (
    <section className="finding finding-blocker" role="alert">
      <h2 className="finding-title">
        <Icon name="blocker" />
        {t('state.failed')}
      </h2>
      <p className="hostile">{withoutCommands(failure.message)}</p>
      <p>
        <strong>{t('state.whatHelps')}:</strong>{' '}
        <span className="hostile">{withoutCommands(failure.remedy)}</span>
      </p>
      <p className="finding-links">
        <a href={`#/help?topic=${failure.code}`}>{t('action.more')}</a>
      </p>
      {onRetry === undefined ? null : (
        <Button className="button" onPress={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </section>
  )
}

/** Shows something that is being fetched: on the way, failed, or there. */
export function Loaded<T>(props: {
  readonly load: Load<T>
  readonly waiting: string
  readonly onRetry?: () => void
  readonly children: (value: T) => ReactNode
}) {
  const { load, waiting, onRetry, children } = props
  switch (load.state) {
    case 'idle':
    case 'loading':
      return <Loading text={waiting} />
    case 'failed':
      return <FailureBox failure={load.failure} onRetry={onRetry} />
    case 'ready':
      return <>{children(load.value)}</>
  }
}
