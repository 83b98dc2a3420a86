import { expect, it } from 'vitest'
import type { Client } from '../../installer-core/api/client.ts'
import { wireFailure } from '../../installer-core/api/answer.ts'
import { Actions } from './actions.ts'
import { createPageStore } from './page-store.ts'
import { parseRoute, reviewedSwitch } from './route.ts'

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
  const actions = new Actions(store, client, { go: () => undefined })
  const names = () => asked.map(({ name }) => name)
  return { asked, names, store, actions }
}

it('names a system in an address of the review, and nothing that is none', () => {
  expect(reviewedSwitch(parseRoute(address))).toBe('windows')
  expect(reviewedSwitch(parseRoute('#/review?topic=switch-berth'))).toBe('berth')
  for (const other of ['#/home?topic=switch-windows', '#/review?topic=switch-none', '#/review', ''])
    expect(reviewedSwitch(parseRoute(other)), other).toBeNull()
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
