import { describe, expect, it } from 'vitest'
import type { Client } from '../../installer-core/api/client.ts'
import { wireFailure } from '../../installer-core/api/answer.ts'
import type { NumberedEvent } from '../../installer-core/api/methods/run-methods.ts'
import { Actions } from './actions.ts'
import { feedStore } from './feed.ts'
import { createPageStore } from './page-store.ts'
import { parseRoute } from './route.ts'
import { newRunView } from './run-view.ts'

const run = 'run-a'
const address = `#/install?target=practice%3Apc&run=${run}`
const endedEvent = {
  run,
  sequence: 1,
  time: '',
  event: { event: 'run-ended', report: { outcome: 'installed' }, failure: null },
} as unknown as NumberedEvent

/** A page at `hash` whose engine answers `run.follow` with what it knows, and tells what it is made to tell. */
function pageAt(hash: string, known: readonly NumberedEvent[]) {
  const listeners = new Map<string, (body: never) => void>()
  const calls: string[] = []
  let lost = false
  let state = known.length > 0 ? 'ended' : 'running'
  const engine = {
    call: async (name: string) => {
      calls.push(name)
      if (lost) return { ok: false, failure: wireFailure('connection-lost', { what: name }, 'en') }
      if (name !== 'run.follow') return { ok: false, failure: wireFailure('not-found', { what: name }, 'en') }
      const summary = { run, goal: 'install', steps: [], state }
      return { ok: true, value: { run: summary, events: known, more: false } }
    },
    on: (name: string, listener: (body: never) => void) => {
      listeners.set(name, listener)
      return () => undefined
    },
  } as unknown as Client
  const store = createPageStore(parseRoute(hash))
  const addresses: string[] = []
  const actions = new Actions(store, engine, { go: (to) => void addresses.push(to) })
  feedStore(store, engine, actions)
  return {
    store,
    actions,
    addresses,
    calls,
    lose: () => void (lost = true),
    find: (found: string) => {
      lost = false
      state = found
    },
    tell: () => listeners.get('run.event')?.(endedEvent as never),
  }
}

const last = '#/done?target=practice%3Apc&run=run-a'

it('takes a lost connection for no end of the run: the next engine says what became of it', async () => {
  const page = pageAt(address, [])
  await page.actions.arrive(parseRoute(address))
  page.lose()
  await page.actions.runs.follow(run)
  expect(page.store.getState().run).toMatchObject({ failure: null, interrupted: false })
  page.find('interrupted')
  await page.actions.runs.follow(run)
  expect(page.store.getState().run).toMatchObject({ failure: null, interrupted: true })
})

it('asks again for what was lost with the connection', async () => {
  const page = pageAt('#/pc?target=practice%3Apc', [])
  page.lose()
  await page.actions.arrive(parseRoute('#/pc?target=practice%3Apc'))
  expect(page.store.getState().looked).toMatchObject({
    state: 'failed',
    failure: { code: 'connection-lost' },
  })
  page.find('running')
  page.calls.length = 0
  await page.actions.arrive(parseRoute('#/pc?target=practice%3Apc'))
  expect(page.calls).toContain('target.probe')
})

describe('the end of a run leads to the last page and a new look at the PC', () => {
  it('when the page hears it end', async () => {
    const page = pageAt(address, [])
    await page.actions.arrive(parseRoute(address))
    expect(page.addresses).toEqual([])
    page.tell()
    expect(page.addresses).toEqual([last])
    expect(page.calls).toContain('target.probe')
  })

  it('when it ended while the page was being loaded', async () => {
    const page = pageAt(address, [endedEvent])
    await page.actions.arrive(parseRoute(address))
    expect(new Set(page.addresses)).toEqual(new Set([last]))
    expect(page.calls).toContain('target.probe')
  })

  it('when it ended before the address said that it runs', async () => {
    const page = pageAt('#/review?target=practice%3Apc', [])
    page.store.setState({ run: newRunView(run, 'install') })
    page.tell()
    expect(page.addresses).toEqual([])
    await page.actions.arrive(parseRoute(address))
    expect(page.addresses).toEqual([last])
  })
})
