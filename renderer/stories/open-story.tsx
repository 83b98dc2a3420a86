import '../old-runtime.ts'
import { createRoot } from 'react-dom/client'
import { App } from '../app.tsx'
import { languageFor } from '../i18n/languages.ts'
import { startI18n } from '../i18n/start-i18n.ts'
import { Actions } from '../store/actions.ts'
import { createPageStore } from '../store/page-store.ts'
import { PracticeActions } from '../store/practice-actions.ts'
import '../styles/all.css'
import { silentEngine } from './silent-engine.ts'
import { stories } from './stories.ts'

const query = new URLSearchParams(window.location.search)
const wanted = query.get('story') ?? 'welcome/default'
const found = stories.find(({ page, state }) => `${page}/${state}` === wanted)
const place = document.getElementById('page')

if (place !== null && found === undefined) {
  // A list of all stories, for people and for tests.
  place.append(
    ...stories.map(({ page, state }) => {
      const link = document.createElement('a')
      link.href = `?story=${page}/${state}`
      link.textContent = `${page}/${state}`
      link.style.display = 'block'
      return link
    }),
  )
} else if (place !== null && found !== undefined) {
  const state = found.make()
  const asked = query.get('theme')
  const theme = asked === 'dark' || asked === 'light' ? asked : state.settings.theme
  const settings = { ...state.settings, theme }
  const store = createPageStore(state.route, { ...state, settings })
  const actions = new Actions(store, silentEngine, { go: () => undefined })
  // The practice page asks the engine anew when it opens; a story keeps what was recorded.
  const practice = new PracticeActions(store, silentEngine, actions)
  const recorded = store.getState().practice
  createRoot(place).render(
    <App
      store={store}
      actions={actions}
      practice={practice}
      i18n={startI18n(languageFor([query.get('lang') ?? 'en']))}
    />,
  )
  window.setTimeout(() => store.setState({ practice: recorded }), 50)
}
