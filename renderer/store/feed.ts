import type { Client } from '../../installer-core/api/client.ts'
import type { Actions } from './actions.ts'
import type { PracticeView } from './page-state.ts'
import type { PageStore } from './page-store.ts'
import { withEvent, withSummary } from './run-view.ts'

const keptLines = 400

/** Takes in what the engine tells without being asked. */
export function feedStore(store: PageStore, engine: Client, actions: Actions): void {
  feedRuns(store, engine, actions)
  feedPractice(store, engine, actions)
  engine.on('target.changed', ({ id }) => {
    void actions.loadTargets()
    const { route, run } = store.getState()
    if (route.target === id && run === null) void actions.refresh()
  })
  engine.on('settings.changed', (settings) => store.setState({ settings }))
}

function feedRuns(store: PageStore, engine: Client, actions: Actions): void {
  engine.on('run.event', (numbered) => {
    const { run } = store.getState()
    if (run?.run !== numbered.run) return
    // A gap: something was told while the line was down.
    if (numbered.sequence > run.sequence + 1) return void actions.runs.follow(run.run)
    store.setState({ run: withEvent(run, numbered) })
    if (numbered.event.event === 'run-ended') actions.runs.runEnded()
  })
  engine.on('run.changed', (summary) => {
    const { run } = store.getState()
    if (run?.run === summary.run) store.setState({ run: withSummary(run, summary) })
  })
}

function feedPractice(store: PageStore, engine: Client, actions: Actions): void {
  const change = (target: string, make: (view: PracticeView) => Partial<PracticeView>) => {
    const { route, practice } = store.getState()
    if (route.target === target) store.setState({ practice: { ...practice, ...make(practice) } })
  }
  engine.on('practice.state', (state) => {
    change(state.target, () => ({ state, ...(state.state === 'off' ? { screen: null } : {}) }))
    if (state.state !== 'off' || store.getState().route.target !== state.target) return
    void actions.refresh()
    void engine.call('practice.next', { target: state.target }).then((next) => {
      if (next.ok) change(state.target, () => ({ next: next.value }))
    })
  })
  engine.on('practice.line', ({ target, text }) =>
    change(target, ({ lines }) => ({ lines: [...lines, text].slice(-keptLines) })),
  )
  engine.on('practice.start', (start) =>
    change(start.target, ({ starts }) => ({ starts: [...starts, start].slice(-20) })),
  )
  engine.on('practice.screen', (screen) => change(screen.target, () => ({ screen })))
}
