import { Button, Input, Label, SearchField } from 'react-aria-components'
import type { HelpPage as Entry } from '../../installer-core/api/methods/session-methods.ts'
import { Icon } from '../components/icon.tsx'
import { PageFrame } from '../components/page-frame.tsx'
import { Empty, Loaded } from '../components/state-views.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { Load } from '../store/load.ts'

export interface HelpPageProps {
  readonly query: string
  readonly entries: Load<readonly Entry[]>
  /** The entry that was asked for; it is opened and stands first. */
  readonly topic: string | null
  readonly onSearch: (query: string) => void
  readonly onReport: () => void
}

/** Every finding and every message with what it means and what helps, searchable. */
export function HelpPage(props: HelpPageProps) {
  const { t } = useWords()
  const { query, entries, topic } = props
  return (
    <PageFrame title={t('help.title')}>
      <SearchField className="search" value={query} onChange={props.onSearch}>
        <Label>{t('help.search')}</Label>
        <div className="search-row">
          <Icon name="search" />
          <Input className="search-input" maxLength={200} />
          <Button className="search-clear" aria-label={t('help.clear')}>
            ×
          </Button>
        </div>
      </SearchField>
      <Loaded load={entries} waiting={t('help.searching')}>
        {(found) => (
          <>
            <p role="status" className="quiet small">
              {t('help.results', { count: found.length })}
            </p>
            {found.length === 0 ? (
              <Empty title={t('help.empty', { query })} hint={t('help.emptyHint')} />
            ) : null}
            {sorted(found, topic).map((entry) => (
              <HelpEntry key={`${entry.about} ${entry.id}`} entry={entry} open={entry.id === topic} />
            ))}
          </>
        )}
      </Loaded>
      <div className="card">
        <p>{t('help.contact')}</p>
        <Button className="button" onPress={props.onReport}>
          {t('help.report')}
        </Button>
      </div>
    </PageFrame>
  )
}

function HelpEntry({ entry, open }: { readonly entry: Entry; readonly open: boolean }) {
  const { t } = useWords()
  return (
    <details className="more" open={open} id={`topic-${entry.id}`}>
      <summary>
        {entry.title} <span className="finding-kind">{t(`help.${entry.about}`)}</span>
      </summary>
      <div className="more-body">
        <p>{entry.message}</p>
        <p>
          <strong>{t('issue.remedy')}:</strong> {entry.remedy}
        </p>
      </div>
    </details>
  )
}

function sorted(entries: readonly Entry[], topic: string | null): readonly Entry[] {
  return [...entries].sort((a, b) => Number(b.id === topic) - Number(a.id === topic))
}
