import { valueOf } from '../store/load.ts'
import { machineOf, targetOf } from '../store/page-state.ts'
import { DonePage } from './done-page.tsx'
import { HomePage } from './home-page.tsx'
import { InstallPage } from './install-page.tsx'
import { systemName, type Joined } from './joined.ts'

/* The pages about what is being done and what was done, joined to the store. */

export function Install({ state, actions }: Joined) {
  return (
    <InstallPage
      run={state.run}
      power={state.power}
      onStop={() => void actions.runs.stop()}
      onRecover={() => void actions.runs.recover()}
      onDone={() => actions.go('done', { run: state.run?.run ?? null })}
    />
  )
}

export function Done({ state, actions, practice }: Joined) {
  const { target } = state.route
  return (
    <DonePage
      run={state.run}
      status={valueOf(state.status)}
      system={systemName(state)}
      refused={state.refused}
      defaultSystem={state.choices.defaultSystem}
      onDefault={(defaultSystem) => actions.choose({ defaultSystem })}
      onRestart={() => {
        if (target !== null) void practice.restart(target)
      }}
      onHome={() => actions.go('home')}
      onUndo={() => actions.runs.reviewOther('undo')}
      onClearRoom={() => actions.runs.reviewOther('clear-room')}
      onKeep={() => actions.runs.reviewOther('confirm')}
      onRecover={() => void actions.runs.recover()}
      onReport={() => actions.go('report')}
    />
  )
}

export function Home({ state, actions, practice }: Joined) {
  const { target } = state.route
  return (
    <HomePage
      status={state.status}
      machine={machineOf(state)}
      system={systemName(state)}
      readOnly={targetOf(state)?.access !== 'read-write'}
      defaultSystem={state.choices.defaultSystem}
      onDefault={(defaultSystem) => actions.choose({ defaultSystem })}
      onKeep={() => actions.runs.reviewOther('confirm')}
      onSwitch={(system) => void actions.runs.switchTo(system)}
      onTakeBack={() => void actions.runs.switchTo('none')}
      onRepair={() => actions.runs.reviewOther('repair')}
      onUninstall={() => actions.runs.reviewOther('undo')}
      onRecover={() => void actions.runs.recover()}
      onReport={() => actions.go('report')}
      room={state.foundRoom}
      onRestart={() => {
        if (target !== null) void practice.restart(target)
      }}
      onClearRoom={() => actions.runs.reviewOther('clear-room')}
      onInstall={() => actions.go('pc')}
      onLookAgain={() => void actions.refresh()}
    />
  )
}
