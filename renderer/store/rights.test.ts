import { expect, it } from 'vitest'
import type { Client } from '../../installer-core/api/client.ts'
import { wireFailure } from '../../installer-core/api/answer.ts'
import { denied } from '../stories/story.ts'
import { Actions } from './actions.ts'
import { createPageStore } from './page-store.ts'

/** An engine that is asked once at a time and answers when the test says so. */
function asked() {
  const calls: string[] = []
  let answer: (given: boolean) => void = () => undefined
  const call = (name: string) => {
    calls.push(name)
    return new Promise((resolve) => {
      answer = (given) =>
        resolve(
          given ? { ok: true, value: {} } : { ok: false, failure: wireFailure('elevation-denied', {}, 'en') },
        )
    })
  }
  const client = { call, on: () => () => undefined } as unknown as Client
  const store = createPageStore({ page: 'pc', target: 'this-pc', run: null, topic: null })
  const actions = new Actions(store, client, { go: () => undefined })
  return { calls, store, actions, answer: (given: boolean) => answer(given) }
}

it('asks for full rights once, however often the button is pressed, and says what came of it', async () => {
  const { calls, store, actions, answer } = asked()
  const first = actions.elevate()
  await actions.elevate()
  expect([calls, store.getState().rights.state]).toEqual([['target.elevate'], 'loading'])
  answer(false)
  await first
  expect(store.getState().rights).toEqual(denied)
  const second = actions.elevate()
  answer(true)
  await second
  expect([calls.length, store.getState().rights.state]).toEqual([2, 'ready'])
})
