import { Link } from 'react-aria-components'
import { offeredLanguages } from '../i18n/languages.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Actions } from '../store/actions.ts'
import { takesYou, type PageState } from '../store/page-state.ts'
import { routeAddress, type PageName } from '../store/route.ts'
import { isRunning } from '../store/run-view.ts'
import { Icon } from './icon.tsx'

const installPages = ['pc', 'system', 'space', 'you', 'review', 'install', 'done'] as const

/** Name, the steps of the installation, and the ways to help and practice. */
export function AppHeader({ state, actions }: { readonly state: PageState; readonly actions: Actions }) {
  const { t, format } = useWords()
  const { page, target } = state.route
  const busy = isRunning(state.run)
  const address = (name: PageName) => routeAddress({ page: name, target, run: null, topic: null })
  const pages = installPages.filter((name) => name !== 'you' || takesYou(state))
  const at = pages.findIndex((name) => name === page)
  return (
    <header className="header">
      <div className="header-row">
        <Link className="brand" href={address('welcome')}>
          <Icon name="anchor" />
          <span>{t('app.name')}</span>
        </Link>
        <nav className="header-links" aria-label={t('app.name')}>
          {(['home', 'practice', 'help'] as const).map((name) => (
            <Link
              key={name}
              className="header-link"
              href={address(name)}
              {...(page === name ? { 'aria-current': 'page' as const } : {})}
            >
              {t(`app.${name}`)}
            </Link>
          ))}
          <select
            className="language"
            aria-label={t('app.language')}
            value={state.settings.language}
            onChange={(event) => {
              const { value } = event.currentTarget
              void actions.session.set({ language: value === 'en' || value === 'de' ? value : 'system' })
            }}
          >
            <option value="system">{t('app.languageSystem')}</option>
            {offeredLanguages.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </nav>
      </div>
      {at < 0 ? null : (
        <ol className="stepper" aria-label={t('app.steps')}>
          {pages.map((name, index) => (
            <li
              key={name}
              className={index < at ? 'stepper-step stepper-done' : 'stepper-step'}
              aria-current={index === at ? 'step' : undefined}
            >
              <span className="stepper-mark" aria-hidden="true">
                {index < at ? <Icon name="check" /> : format.number(index + 1)}
              </span>
              <span className="stepper-name">{t(`page.${name}`)}</span>
              {index < at ? <span className="for-readers">({t('app.stepDone')})</span> : null}
            </li>
          ))}
        </ol>
      )}
      {busy && page !== 'install' && state.run !== null ? (
        <p className="header-busy" role="status">
          <Link href={routeAddress({ page: 'install', target, run: state.run.run, topic: null })}>
            {t('install.title')}
          </Link>
        </p>
      ) : null}
    </header>
  )
}
