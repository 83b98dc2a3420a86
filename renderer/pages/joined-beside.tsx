import { useEffect } from 'react'
import { targetOf } from '../store/page-state.ts'
import { HelpPage } from './help-page.tsx'
import type { Joined } from './joined.ts'
import { PracticePage } from './practice-page.tsx'
import { ReportPage } from './report-page.tsx'
import { WelcomePage } from './welcome-page.tsx'

/* The first page and those beside the way, joined to the store. */

export function Welcome({ state, actions }: Joined) {
  return (
    <WelcomePage
      targets={state.targets}
      chosen={state.route.target}
      refused={state.refused}
      onChoose={(target) => actions.go('welcome', { target })}
      onLook={(target) => actions.look(target)}
      onPractise={() => actions.go('practice')}
      onOpenReport={(name, text) => void actions.openRecording(name, text)}
      onRetry={() => void actions.loadTargets()}
    />
  )
}

export function Practice({ state, actions, practice }: Joined) {
  const { target } = state.route
  // An engine that was started anew knows of nobody who watches.
  const connected = state.connection === 'connected'
  useEffect(() => {
    if (!connected) return
    void practice.open(target)
    return () => {
      if (target?.startsWith('practice:') === true) void practice.close(target)
    }
  }, [practice, target, connected])
  return (
    <PracticePage
      targets={state.targets}
      shown={targetOf(state)}
      practice={state.practice}
      onShow={(id) => actions.go('practice', { target: id })}
      onLook={(id) => actions.look(id)}
      onDelete={(id) => void practice.remove(id)}
      onMake={(name, from) => void practice.make(name, from)}
      onStart={(id) => void practice.start(id)}
      onPower={(id, action) => void practice.power(id, action)}
      onInput={(id, input) => practice.input(id, input)}
      onRetry={() => void actions.loadTargets()}
    />
  )
}

export function Help({ state, actions }: Joined) {
  return (
    <HelpPage
      query={state.helpQuery}
      entries={state.help}
      topic={state.route.topic}
      onSearch={(query) => void actions.session.searchHelp(query)}
      onReport={() => actions.go('report')}
    />
  )
}

export function Report({ state, actions }: Joined) {
  return (
    <ReportPage
      files={state.report}
      folder={state.reportFolder}
      onSave={() => void actions.reports.save()}
      onBack={() => actions.go('home')}
      onRetry={() => void actions.arrive(state.route)}
    />
  )
}
