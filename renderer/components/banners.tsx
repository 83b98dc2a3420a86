import { useWords } from '../i18n/use-words.ts'
import { targetOf, type PageState } from '../store/page-state.ts'

/** What is true of every page: the connection, and which kind of PC is shown. */
export function Banners({ state }: { readonly state: PageState }) {
  const { t } = useWords()
  const target = targetOf(state)
  const { page } = state.route
  const quiet = page === 'welcome' || page === 'help' || page === 'practice'
  const about = quiet || target === null ? null : aboutTarget(t, target)
  return (
    <>
      <div role="status" className="banners">
        {state.connection === 'lost' ? <p className="banner banner-warning">{t('app.lost')}</p> : null}
        {state.connection === 'refused' ? <p className="banner banner-warning">{t('app.refused')}</p> : null}
      </div>
      {about === null ? null : <p className="banner hostile">{about}</p>}
    </>
  )
}

function aboutTarget(
  t: ReturnType<typeof useWords>['t'],
  { kind, name, access }: NonNullable<ReturnType<typeof targetOf>>,
): string | null {
  if (kind === 'practice-pc') return t('app.practising', { name })
  if (kind === 'recording') return t('app.recording', { name })
  return access === 'read-write' ? null : t('app.readOnly')
}
