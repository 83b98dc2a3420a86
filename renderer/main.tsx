import './old-runtime.ts'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { reconnectingClient } from '../installer-core/api/reconnecting-client.ts'
import { App } from './app.tsx'
import { coreLocales } from './i18n/core-locale.ts'
import { languageFor, type Language } from './i18n/languages.ts'
import { startI18n } from './i18n/start-i18n.ts'
import { connector } from './shell/connect.ts'
import { Actions } from './store/actions.ts'
import { feedStore } from './store/feed.ts'
import { createPageStore } from './store/page-store.ts'
import { PracticeActions } from './store/practice-actions.ts'
import { parseRoute } from './store/route.ts'
import { isRunning } from './store/run-view.ts'
import './styles/all.css'

// The page's policy forbids code made from text.
z.config({ jitless: true })

const wished = new URLSearchParams(window.location.search).get('lang')
const language = languageFor([...(wished === null ? [] : [wished]), ...navigator.languages])
const i18n = startI18n(language)
const store = createPageStore(parseRoute(window.location.hash))
const engine = reconnectingClient({
  locale: coreLocales[language],
  connect: connector(),
  wait: (milliseconds) => new Promise((resolve) => window.setTimeout(resolve, milliseconds)),
  onState: ({ state }) => void arriveAtEngine(state),
})
const actions = new Actions(store, engine, { go: (address) => (window.location.hash = address) })
const practice = new PracticeActions(store, engine, actions)
feedStore(store, engine, actions)

async function arriveAtEngine(state: 'connecting' | 'connected' | 'refused'): Promise<void> {
  const { connection, run } = store.getState()
  const known = connection === 'connected' || connection === 'lost'
  store.setState({ connection: state === 'connecting' && known ? 'lost' : state })
  if (state !== 'connected') return
  await actions.session.readSettings()
  const chosen = store.getState().settings.language
  if (chosen !== 'system') await engine.speak(coreLocales[chosen])
  await actions.loadTargets()
  await actions.arrive(parseRoute(window.location.hash))
  if (isRunning(run) && run !== null) await actions.runs.follow(run.run)
}

/** The engine speaks the page's language, also when that changes; what it said of the targets is asked for again. */
i18n.on('languageChanged', (changed) => {
  void engine
    .speak(coreLocales[changed as Language])
    .then((differs) => (differs ? actions.loadTargets() : null))
})
window.addEventListener('hashchange', () => void actions.arrive(parseRoute(window.location.hash)))
window.addEventListener('beforeunload', (event) => {
  if (isRunning(store.getState().run)) event.preventDefault()
})

const place = document.getElementById('page')
if (place !== null)
  createRoot(place).render(<App store={store} actions={actions} practice={practice} i18n={i18n} />)
