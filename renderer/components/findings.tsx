import type { Issue } from '../../installer-core/model/issue.ts'
import { describeIssue } from '../../installer-core/text/issues.ts'
import { useWords } from '../i18n/use-words.ts'
import { withoutCommands } from './engine-text.ts'
import { Icon } from './icon.tsx'

/** Findings with their words, what stands in the way first; notes are folded away. */
export function Findings({ issues }: { readonly issues: readonly Issue[] }) {
  const { t } = useWords()
  const serious = issues.filter((issue) => issue.severity !== 'note')
  const notes = issues.filter((issue) => issue.severity === 'note')
  return (
    <>
      {serious.map((issue, index) => (
        <Finding key={`${issue.id} ${index}`} issue={issue} />
      ))}
      {notes.length === 0 ? null : (
        <details className="more">
          <summary>
            {t('issue.note')} ({notes.length})
          </summary>
          <div className="more-body">
            {notes.map((issue, index) => (
              <Finding key={`${issue.id} ${index}`} issue={issue} />
            ))}
          </div>
        </details>
      )}
    </>
  )
}

function Finding({ issue }: { readonly issue: Issue }) {
  const { t, coreLocale } = useWords()
  const { title, message, remedy } = describeIssue(issue, coreLocale)
  return (
    <article className={`finding finding-${issue.severity}`}>
      <h3 className="finding-title">
        <Icon name={issue.severity} />
        <span className="hostile">{title}</span>
        <span className="finding-kind">{t(`issue.${issue.severity}`)}</span>
      </h3>
      <p className="hostile">{withoutCommands(message)}</p>
      {remedy === '' ? null : (
        <p>
          <strong>{t('issue.remedy')}:</strong> <span className="hostile">{withoutCommands(remedy)}</span>
        </p>
      )}
      <p className="finding-links">
        <a href={`#/help?topic=${issue.id}`}>{t('action.more')}</a>
      </p>
    </article>
  )
}
