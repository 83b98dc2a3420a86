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

/** How long the first sight of the page waits for the engine, in milliseconds. */
const patience = 200
let shown = false

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
  // Asked before the page is drawn anew: drawing keeps it from sending.
  const asked =
    state === 'connected' ? Promise.all([actions.session.readSettings(), actions.loadTargets()]) : null
  store.setState({ connection: state === 'connecting' && known ? 'lost' : state })
  if (asked === null) return
  await asked
  const chosen = store.getState().settings.language
  if (chosen !== 'system') {
    if (await engine.speak(coreLocales[chosen])) await actions.loadTargets()
    await i18n.changeLanguage(chosen)
  }
  show()
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

/** Draws the page, once. An engine that answers soon is waited for, so that what it says is there at the first sight. */
function show(): void {
  const place = document.getElementById('page')
  if (place === null || shown) return
  shown = true
  createRoot(place).render(<App store={store} actions={actions} practice={practice} i18n={i18n} />)
}
window.setTimeout(show, patience)
