import { Component, useEffect, useRef, type ReactNode } from 'react'
import { I18nProvider, RouterProvider } from 'react-aria-components'
import { I18nextProvider, useTranslation } from 'react-i18next'
import type { i18n as I18n } from 'i18next'
import { useStore } from 'zustand'
import { AppHeader } from './components/app-header.tsx'
import { Banners } from './components/banners.tsx'
import { directionOf, formatLocale, type Language } from './i18n/languages.ts'
import { useWords } from './i18n/use-words.ts'
import { PageSwitch } from './pages/page-switch.tsx'
import type { Actions } from './store/actions.ts'
import type { PageStore } from './store/page-store.ts'
import type { PracticeActions } from './store/practice-actions.ts'

export interface AppProps {
  readonly store: PageStore
  readonly actions: Actions
  readonly practice: PracticeActions
  readonly i18n: I18n
}

/** The whole page: header, banners, the page of the address. */
export function App(props: AppProps) {
  return (
    <I18nextProvider i18n={props.i18n}>
      <Localised {...props} />
    </I18nextProvider>
  )
}

function Localised(props: AppProps) {
  const { i18n } = useTranslation()
  const { store } = props
  const { language, theme } = useStore(store, (state) => state.settings)
  useEffect(() => {
    if (language !== 'system' && language !== i18n.language) void i18n.changeLanguage(language)
  }, [language, i18n])
  const shown = i18n.language as Language
  useEffect(() => {
    const root = document.documentElement
    root.lang = formatLocale(shown)
    root.dir = directionOf(shown)
  }, [shown])
  useTheme(theme)
  return (
    <I18nProvider locale={directionOf(shown) === 'rtl' ? 'ar-u-nu-latn' : formatLocale(shown)}>
      <RouterProvider navigate={(address) => (window.location.hash = address)}>
        <Boundary>
          <Frame {...props} />
        </Boundary>
      </RouterProvider>
    </I18nProvider>
  )
}

/** Light or dark: as set, else as the system is, also when that changes. */
function useTheme(theme: 'system' | 'light' | 'dark'): void {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const show = () => {
      document.documentElement.dataset['theme'] =
        theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    }
    show()
    dark.addEventListener('change', show)
    return () => dark.removeEventListener('change', show)
  }, [theme])
}

function Frame(props: AppProps) {
  const { t } = useWords()
  const { store, actions } = props
  const state = useStore(store)
  const { page } = state.route
  useArrival(page, t('app.arrived', { page: t(`page.${page}`) }))
  return (
    <div className="app">
      <a
        className="skip"
        href="#page-title"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('page-title')?.focus()
        }}
      >
        {t('app.skip')}
      </a>
      <AppHeader state={state} actions={actions} />
      <Banners state={state} />
      <main className="main">
        <PageSwitch state={state} actions={actions} practice={props.practice} />
      </main>
    </div>
  )
}

/** After a change of page: the window's title, and the focus on the heading, which screen readers then say. */
function useArrival(page: string, title: string): void {
  const first = useRef(true)
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    window.scrollTo(0, 0)
    document.getElementById('page-title')?.focus({ preventScroll: true })
  }, [page])
}

interface BoundaryState {
  readonly broken: boolean
}

/** A fault of the page itself: said in words, never as a stack trace. */
class Boundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { broken: false }

  static getDerivedStateFromError(): BoundaryState {
    return { broken: true }
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const { t } = useWords()
  return (
    <main className="main">
      <div className="content" role="alert">
        <h1 className="title">{t('state.failed')}</h1>
        <p>{t('app.fault')}</p>
        <button className="button button-primary" onClick={() => window.location.reload()}>
          {t('app.reload')}
        </button>
      </div>
    </main>
  )
}
