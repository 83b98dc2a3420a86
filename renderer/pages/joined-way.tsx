import { useMemo } from 'react'
import { withoutSecrets } from '../../installer-core/plan/credentials.ts'
import { valueOf, type Load } from '../store/load.ts'
import {
  machineOf,
  plainChoices,
  reviewed,
  takenKinds,
  takesYou,
  targetOf,
  type PageState,
  type Proposal,
} from '../store/page-state.ts'
import { offered, offerSpace, unsuitable } from '../store/planning.ts'
import { fitsWithRoom, offerRooms, stageFor, systemsOf } from '../store/room-offer.ts'
import { chosenRelease, systemName, type Joined } from './joined.ts'
import { PcPage } from './pc-page.tsx'
import { ReviewPage } from './review-page.tsx'
import { saveText } from './save-text.ts'
import { SpacePage } from './space-page.tsx'
import { YouPage } from './you-page.tsx'
import { isForGraphicsOf } from '../store/variants.ts'
import { SystemPage, type ReleaseCard } from './system-page.tsx'

/* The pages on the way to a confirmed plan, joined to the store. */

export function Pc({ state, actions, practice }: Joined) {
  const machine = machineOf(state)
  const release = offered(chosenRelease(state))
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
      fitsWithRoom={machine !== null && release !== null && fitsWithRoom(machine, release)}
      room={state.foundRoom}
      readOnly={target?.access !== 'read-write'}
      onRestart={() => {
        if (target !== null) void practice.restart(target.id)
      }}
      onClearRoom={() => actions.runs.reviewOther('clear-room')}
      onInstall={() => actions.onward()}
      onBack={() => actions.go('welcome')}
      onNext={() => actions.onward()}
      onHome={() => actions.go('home')}
      onPractise={() => actions.go('practice')}
      onElevate={() => void actions.elevate()}
      onLookAgain={() => void actions.refresh()}
    />
  )
}

export function System({ state, actions }: Joined) {
  const cards = useMemo((): Load<readonly ReleaseCard[]> => {
    const { releases } = state
    if (releases.state !== 'ready') return releases
    const machine = machineOf(state)
    const systems = systemsOf(releases.value)
    const value = systems.map((listed) => {
      const release = offered(listed)
      if (machine === null || release === null)
        return { listed, blockers: [], fitsWithRoom: false, madeForGraphics: false }
      const blockers = unsuitable(machine, release, plainChoices)
      return {
        listed,
        blockers,
        fitsWithRoom: blockers.length > 0 && fitsWithRoom(machine, release),
        madeForGraphics: isForGraphicsOf(machine, listed, systems),
      }
    })
    return { state: 'ready', value }
  }, [state])
  return (
    <SystemPage
      cards={cards}
      chosen={state.release}
      catalogue={state.catalogue}
      onFetch={(source) => void actions.fetchCatalogue(source)}
      onChoose={(release) => actions.chooseRelease(release)}
      onBack={() => actions.go('pc')}
      onNext={() => actions.go('space')}
      onRetry={() => void actions.refresh()}
    />
  )
}

export function Space({ state, actions }: Joined) {
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
      rooms={{
        offers: machine === null || release === null ? [] : offerRooms(machine, release, choices),
        stage: machine === null ? null : (stageFor(valueOf(state.releases) ?? [], machine)?.id ?? null),
        wished: state.room,
        onMakeRoom: (room) => actions.makeRoom(room),
        onSystems: () => actions.go('system'),
      }}
      onChange={(change) => actions.choose(change)}
      onExpert={(expert) => {
        if (expert !== state.settings.expert) void actions.session.set({ expert })
      }}
      onBack={() => actions.go(backFromSpace(state))}
      onNext={() => actions.go(takesYou(state) ? 'you' : 'review')}
    />
  )
}

function backFromSpace(state: PageState): 'pc' | 'system' {
  return systemsOf(valueOf(state.releases) ?? []).length > 1 ? 'system' : 'pc'
}

export function You({ state, actions }: Joined) {
  const { suggested, choices } = state
  return (
    <YouPage
      // What the present system says arrives a moment later: the fields begin anew with it.
      key={JSON.stringify(suggested)}
      takes={takenKinds(state)}
      suggested={suggested}
      networks={valueOf(state.networks)}
      tpm={machineOf(state)?.tpm}
      chosen={choices.you ?? null}
      onBack={() => actions.go('space')}
      onSkip={(encryption) => {
        actions.choose({ you: encryption === null ? null : { encryption } })
        actions.go('review')
      }}
      onNext={(you) => {
        actions.choose({ you })
        actions.go('review')
      }}
    />
  )
}

function backFromReview(state: PageState, goal: Proposal['goal']): 'space' | 'you' | 'pc' | 'home' {
  if (goal === 'install') return takesYou(state) ? 'you' : 'space'
  if (goal === 'make-room') return 'space'
  return goal === 'clear-room' ? 'pc' : 'home'
}

export function Review({ state, actions }: Joined) {
  const goal = state.proposal?.goal ?? 'install'
  return (
    <ReviewPage
      proposal={state.proposal === null ? null : { ...state.proposal, planned: reviewed(state) }}
      machine={machineOf(state)}
      system={systemName(state)}
      readOnly={targetOf(state) !== null && targetOf(state)?.access !== 'read-write'}
      rights={state.rights}
      onElevate={() => void actions.elevate()}
      onConfirm={() => void actions.runs.confirm()}
      onBack={() => actions.go(backFromReview(state, goal))}
      onRetry={() => {
        if (state.looked.state === 'failed') void actions.refresh()
        void actions.runs.review(goal, state.proposal?.system ?? null)
      }}
      onCopy={(text) => navigator.clipboard.writeText(text)}
      onSaveProfile={() =>
        saveText('berth-profile.json', `${JSON.stringify(withoutSecrets(state.choices), null, 2)}\n`)
      }
    />
  )
}
