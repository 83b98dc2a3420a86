import { expect, it } from 'vitest'
import type { Client } from '../../installer-core/api/client.ts'
import { wireFailure } from '../../installer-core/api/answer.ts'
import { Actions } from './actions.ts'
import { createPageStore } from './page-store.ts'
import { reviewedAt, reviewTopic } from './reviewed.ts'
import { parseRoute } from './route.ts'

const address = '#/review?target=this-pc&topic=switch-windows'

/** A page that the system's menu opened, with an engine that has no full rights until it is asked for them. */
function opened() {
  const asked: { name: string; params: unknown }[] = []
  let rights = false
  const call = async (name: string, params: unknown) => {
    asked.push({ name, params })
    if (name === 'target.elevate') rights = true
    if (name === 'plan.make' && rights) return { ok: true, value: { plan: null, issues: [] } }
    if (name === 'target.elevate') return { ok: true, value: {} }
    return { ok: false, failure: wireFailure('elevation-needed', {}, 'en') }
  }
  const client = { call, on: () => () => undefined } as unknown as Client
  const store = createPageStore(parseRoute(''))
  const gone: string[] = []
  const actions = new Actions(store, client, { go: (where) => void gone.push(where) })
  const names = () => asked.map(({ name }) => name)
  return { asked, names, store, gone, actions }
}

it('names what it is about in the address of a review', () => {
  expect(reviewedAt(parseRoute(address))).toEqual({ goal: 'switch', system: 'windows' })
  for (const topic of ['undo', 'confirm', 'repair', 'make-room', 'clear-room', 'switch-berth', 'switch-none'])
    expect(reviewTopic(reviewedAt(parseRoute(`#/review?topic=${topic}`)))).toBe(topic)
  for (const other of ['#/review?topic=switch-all', '#/review?topic=recover', '#/review', ''])
    expect(reviewedAt(parseRoute(other)), other).toEqual({ goal: 'install', system: null })
  expect(reviewTopic({ goal: 'install', system: null })).toBeNull()
})

it('opens the review of a switch, asks for rights only by a click, and then for the plan again', async () => {
  const { asked, names, store, actions } = opened()
  await actions.arrive(parseRoute(address))
  expect(asked.find(({ name }) => name === 'plan.make')?.params).toEqual({
    target: 'this-pc',
    goal: 'switch',
    system: 'windows',
  })
  expect(store.getState().proposal).toMatchObject({
    goal: 'switch',
    system: 'windows',
    planned: { state: 'failed', failure: { code: 'elevation-needed' } },
  })
  expect(names()).not.toContain('target.elevate')
  await actions.elevate()
  expect(store.getState().proposal).toMatchObject({ goal: 'switch', planned: { state: 'ready' } })
  // Whatever was done so far: nothing was begun.
  expect(names()).not.toContain('run.start')
})

it('takes the place of another review that was open', async () => {
  const { store, actions, names } = opened()
  store.setState({ proposal: { goal: 'undo', system: null, planned: { state: 'loading' } } })
  await actions.arrive(parseRoute(address))
  expect(store.getState().proposal).toMatchObject({ goal: 'switch', system: 'windows' })
  expect(names()).toContain('plan.make')
})

it('opens the review that an address names when the page is loaded anew', async () => {
  const { asked, store, actions } = opened()
  await actions.arrive(parseRoute('#/review?target=this-pc&topic=undo'))
  expect(asked.find(({ name }) => name === 'plan.make')?.params).toEqual({ target: 'this-pc', goal: 'undo' })
  expect(store.getState().proposal).toMatchObject({ goal: 'undo' })
})

it('leads back to choosing the room when the page is loaded anew at its review', async () => {
  const { names, store, gone, actions } = opened()
  await actions.arrive(parseRoute('#/review?target=this-pc&topic=make-room'))
  expect(gone).toEqual(['#/space?target=this-pc'])
  expect(names()).not.toContain('plan.make')
  expect(store.getState().proposal).toBeNull()
})
