import '../old-runtime.ts'
import { createRoot } from 'react-dom/client'
import { App } from '../app.tsx'
import { toWireFailure } from '../../installer-core/api/answer.ts'
import { wireFailureSchema } from '../../installer-core/api/wire-values.ts'
import { describePlan } from '../../installer-core/plan/describe-plan.ts'
import type { Locale } from '../../installer-core/text/locale.ts'
import { coreLocales } from '../i18n/core-locale.ts'
import { languageFor } from '../i18n/languages.ts'
import { startI18n } from '../i18n/start-i18n.ts'
import { Actions } from '../store/actions.ts'
import { ready } from '../store/load.ts'
import { machineOf, type PageState } from '../store/page-state.ts'
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
  const language = languageFor([query.get('lang') ?? 'en'])
  const state = spoken(found.make(), coreLocales[language])
  const asked = query.get('theme')
  const theme = asked === 'dark' || asked === 'light' ? asked : state.settings.theme
  const settings = { ...state.settings, theme }
  const store = createPageStore(state.route, { ...state, settings })
  const actions = new Actions(store, silentEngine, { go: () => undefined })
  // The practice page asks the engine anew when it opens; a story keeps what was recorded.
  const practice = new PracticeActions(store, silentEngine, actions)
  const recorded = store.getState().practice
  createRoot(place).render(
    <App store={store} actions={actions} practice={practice} i18n={startI18n(language)} />,
  )
  window.setTimeout(() => store.setState({ practice: recorded }), 50)
}

/** Recorded plans and failures in the words that the engine would have sent in this language. */
function spoken(recorded: PageState, locale: Locale): PageState {
  const state = JSON.parse(JSON.stringify(recorded), (_key, value: unknown) => {
    const failure = wireFailureSchema.safeParse(value)
    return failure.success ? toWireFailure(failure.data, locale) : value
  }) as PageState
  const { proposal } = state
  const machine = machineOf(state)
  if (proposal?.planned.state !== 'ready' || machine === null) return state
  const { plan } = proposal.planned.value
  const description = plan === null ? [] : describePlan(plan, machine, locale)
  return {
    ...state,
    proposal: { ...proposal, planned: ready({ ...proposal.planned.value, description: [...description] }) },
  }
}
