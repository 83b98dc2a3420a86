import { useEffect, useMemo } from 'react'
import type { Actions } from '../store/actions.ts'
import type { PracticeActions } from '../store/practice-actions.ts'
import { valueOf, type Load } from '../store/load.ts'
import { machineOf, plainChoices, targetOf, type PageState } from '../store/page-state.ts'
import { offered, offerSpace, unsuitable } from '../store/planning.ts'
import { DonePage } from './done-page.tsx'
import { HelpPage } from './help-page.tsx'
import { HomePage } from './home-page.tsx'
import { InstallPage } from './install-page.tsx'
import { PcPage } from './pc-page.tsx'
import { PracticePage } from './practice-page.tsx'
import { ReportPage } from './report-page.tsx'
import { ReviewPage } from './review-page.tsx'
import { saveText } from './save-text.ts'
import { SpacePage } from './space-page.tsx'
import { SystemPage, type ReleaseCard } from './system-page.tsx'
import { WelcomePage } from './welcome-page.tsx'

interface SwitchProps {
  readonly state: PageState
  readonly actions: Actions
  readonly practice: PracticeActions
}

/** The page of the address, with what it shows and what can be done on it. */
export function PageSwitch(props: SwitchProps) {
  switch (props.state.route.page) {
    case 'welcome':
      return <Welcome {...props} />
    case 'pc':
      return <Pc {...props} />
    case 'system':
      return <System {...props} />
    case 'space':
      return <Space {...props} />
    case 'review':
      return <Review {...props} />
    case 'install':
      return <Install {...props} />
    case 'done':
      return <Done {...props} />
    case 'home':
      return <Home {...props} />
    case 'practice':
      return <Practice {...props} />
    case 'help':
      return <Help {...props} />
    case 'report':
      return <Report {...props} />
  }
}

function Welcome({ state, actions }: SwitchProps) {
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

function Pc({ state, actions }: SwitchProps) {
  const target = targetOf(state)
  const issues = (state.outcome?.issues ?? []).filter((issue) => issue.id !== 'berth-installed')
  const status = valueOf(state.status)
  return (
    <PcPage
      looked={state.looked}
      rights={state.rights}
      issues={issues}
      name={target === null || target.kind === 'this-pc' ? null : target.name}
      installed={status !== null && status.state !== 'absent'}
      onBack={() => actions.go('welcome')}
      onNext={() => actions.onward()}
      onHome={() => actions.go('home')}
      onPractise={() => actions.go('practice')}
      onElevate={() => void actions.elevate()}
      onLookAgain={() => void actions.refresh()}
    />
  )
}

function System({ state, actions }: SwitchProps) {
  const cards = useMemo((): Load<readonly ReleaseCard[]> => {
    const { releases } = state
    if (releases.state !== 'ready') return releases
    const machine = machineOf(state)
    const value = releases.value.map((listed) => {
      const release = offered(listed)
      return {
        listed,
        blockers: machine === null || release === null ? [] : unsuitable(machine, release, plainChoices),
      }
    })
    return { state: 'ready', value }
  }, [state])
  return (
    <SystemPage
      cards={cards}
      chosen={state.release}
      onChoose={(release) => actions.chooseRelease(release)}
      onBack={() => actions.go('pc')}
      onNext={() => actions.go('space')}
      onRetry={() => void actions.refresh()}
    />
  )
}

function chosenRelease(state: PageState) {
  return valueOf(state.releases)?.find((one) => one.id === state.release)
}

function systemName(state: PageState): string {
  const installed = valueOf(state.status)?.release ?? null
  const known = valueOf(state.releases)?.find((one) => one.id === (installed ?? state.release))
  return known?.manifest?.name ?? installed ?? state.release ?? 'Berth'
}

function Space({ state, actions }: SwitchProps) {
  const machine = machineOf(state)
  const { choices, outcome } = state
  const release = offered(chosenRelease(state))
  const offer = machine === null || release === null ? null : offerSpace(machine, choices, release)
  return (
    <SpacePage
      machine={machine}
      choices={choices}
      offer={offer}
      outcome={outcome}
      expert={state.settings.expert}
      onChange={(change) => actions.choose(change)}
      onExpert={(expert) => {
        if (expert !== state.settings.expert) void actions.set({ expert })
      }}
      onBack={() => actions.go(backFromSpace(state))}
      onNext={() => actions.go('review')}
    />
  )
}

function backFromSpace(state: PageState): 'pc' | 'system' {
  return (valueOf(state.releases) ?? []).length > 1 ? 'system' : 'pc'
}

function Review({ state, actions }: SwitchProps) {
  const goal = state.proposal?.goal ?? 'install'
  return (
    <ReviewPage
      proposal={state.proposal}
      machine={machineOf(state)}
      system={systemName(state)}
      readOnly={targetOf(state) !== null && targetOf(state)?.access !== 'read-write'}
      onConfirm={() => void actions.confirm()}
      onBack={() => actions.go(goal === 'install' ? 'space' : 'home')}
      onRetry={() => void actions.review(goal, state.proposal?.system ?? null)}
      onCopy={(text) => navigator.clipboard.writeText(text)}
      onSaveProfile={() => saveText('berth-profile.json', `${JSON.stringify(state.choices, null, 2)}\n`)}
    />
  )
}

function Install({ state, actions }: SwitchProps) {
  return (
    <InstallPage
      run={state.run}
      power={state.power}
      onStop={() => void actions.stop()}
      onRecover={() => void actions.recover()}
      onDone={() => actions.go('done', { run: state.run?.run ?? null })}
    />
  )
}

function Done({ state, actions, practice }: SwitchProps) {
  const { target } = state.route
  return (
    <DonePage
      run={state.run}
      status={valueOf(state.status)}
      system={systemName(state)}
      practice={targetOf(state)?.kind === 'practice-pc'}
      defaultSystem={state.choices.defaultSystem}
      onDefault={(defaultSystem) => actions.choose({ defaultSystem })}
      onRestart={() => {
        actions.go('practice')
        if (target !== null) void practice.start(target)
      }}
      onHome={() => actions.go('home')}
      onUndo={() => actions.reviewOther('undo')}
      onKeep={() => actions.reviewOther('confirm')}
      onRecover={() => void actions.recover()}
      onReport={() => actions.go('report')}
    />
  )
}

function Home({ state, actions }: SwitchProps) {
  return (
    <HomePage
      status={state.status}
      machine={machineOf(state)}
      system={systemName(state)}
      readOnly={targetOf(state)?.access !== 'read-write'}
      defaultSystem={state.choices.defaultSystem}
      onDefault={(defaultSystem) => actions.choose({ defaultSystem })}
      onKeep={() => actions.reviewOther('confirm')}
      onSwitch={(system) => void actions.switchTo(system)}
      onRepair={() => actions.reviewOther('install')}
      onUninstall={() => actions.reviewOther('undo')}
      onRecover={() => void actions.recover()}
      onReport={() => actions.go('report')}
      onInstall={() => actions.go('pc')}
      onLookAgain={() => void actions.refresh()}
    />
  )
}

function Practice({ state, actions, practice }: SwitchProps) {
  const { target } = state.route
  useEffect(() => {
    void practice.open(target)
    return () => {
      if (target?.startsWith('practice:') === true) void practice.close(target)
    }
  }, [practice, target])
  return (
    <PracticePage
      targets={state.targets}
      shown={targetOf(state)}
      practice={state.practice}
      onShow={(id) => actions.go('practice', { target: id })}
      onLook={(id) => actions.look(id)}
      onMake={(name, from) => void practice.make(name, from)}
      onStart={(id) => void practice.start(id)}
      onPower={(id, action) => void practice.power(id, action)}
      onInput={(id, input) => practice.input(id, input)}
      onRetry={() => void actions.loadTargets()}
    />
  )
}

function Help({ state, actions }: SwitchProps) {
  return (
    <HelpPage
      query={state.helpQuery}
      entries={state.help}
      topic={state.route.topic}
      onSearch={(query) => void actions.searchHelp(query)}
      onReport={() => actions.go('report')}
    />
  )
}

function Report({ state, actions }: SwitchProps) {
  return (
    <ReportPage
      files={state.report}
      folder={state.reportFolder}
      onSave={() => void actions.saveReport()}
      onBack={() => actions.go('home')}
      onRetry={() => void actions.arrive(state.route)}
    />
  )
}
