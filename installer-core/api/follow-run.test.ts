import { describe, expect, it } from 'vitest'
import { ok } from '../base/result.ts'
import { createClient } from './client.ts'
import { followRun } from './follow-run.ts'
import type { NumberedEvent, RunSummary } from './methods/run-methods.ts'
import { reconnectingClient, type ConnectionState } from './reconnecting-client.ts'
import { ContractServer } from './server.ts'
import { memoryConnection, type MemoryEnd } from './testing/memory-transport.ts'
import { handlersWith } from './testing/quiet-handlers.ts'

const run = 'run-1'
const pageSize = 7
const turn = () => new Promise((resolve) => setImmediate(resolve))
const settle = async (turns = 50) => {
  for (let i = 0; i < turns; i++) await turn()
}

/** A server with one run that tells events when it is told to. */
class RunningServer {
  readonly events: NumberedEvent[] = []
  readonly server = new ContractServer(
    handlersWith({
      'session.hello': ({ contract }) => ok({ contract, version: '1', platform: 'linux', engine: 'e' }),
      'run.follow': ({ after }) => {
        const rest = this.events.slice(after)
        return ok({ run: this.summary, events: rest.slice(0, pageSize), more: rest.length > pageSize })
      },
    }),
    () => undefined,
  )

  get summary(): RunSummary {
    return {
      run,
      target: 'practice:a',
      goal: 'install',
      release: null,
      state: 'running',
      startedAt: '',
      endedAt: null,
      steps: [],
      lastSequence: this.events.length,
      outcome: null,
    }
  }

  tell(): void {
    const sequence = this.events.length + 1
    const event = {
      event: 'step-begun' as const,
      sequence: sequence - 1,
      step: sequence,
      kind: 'write-files',
    }
    const numbered = { run, sequence, time: '', event }
    this.events.push(numbered)
    this.server.broadcast('run.event', numbered)
  }

  connect(): readonly [MemoryEnd, MemoryEnd] {
    const [page, host] = memoryConnection()
    this.server.attach(host)
    return [page, host]
  }
}

const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('following a run', () => {
  it('gives every event once and in order to a page that comes late', async () => {
    const world = new RunningServer()
    for (let i = 0; i < 20; i++) world.tell()
    const [page] = world.connect()
    const seen: number[] = []
    const follower = followRun(createClient(page, { locale: 'en' }), run, ({ sequence }) =>
      seen.push(sequence),
    )
    const caught = follower.catchUp()
    for (let i = 0; i < 5; i++) world.tell()
    expect(await caught).toMatchObject({ ok: true })
    await settle()
    expect(seen).toEqual(oneTo(25))
  })

  it('goes on after the number that a reloaded page still knew', async () => {
    const world = new RunningServer()
    for (let i = 0; i < 12; i++) world.tell()
    const [page] = world.connect()
    const seen: number[] = []
    const client = createClient(page, { locale: 'en' })
    await followRun(client, run, ({ sequence }) => seen.push(sequence), 9).catchUp()
    expect(seen).toEqual([10, 11, 12])
  })

  it('serves two pages on one run alike', async () => {
    const world = new RunningServer()
    const seen: number[][] = [[], []]
    for (const numbers of seen) {
      const [page] = world.connect()
      const client = createClient(page, { locale: 'en' })
      await followRun(client, run, ({ sequence }) => numbers.push(sequence)).catchUp()
    }
    for (let i = 0; i < 30; i++) {
      world.tell()
      if (i % 4 === 0) await turn()
    }
    await settle()
    expect(seen).toEqual([oneTo(30), oneTo(30)])
  })

  it('picks up exactly where it was, wherever the connection breaks', async () => {
    for (let breakAt = 0; breakAt <= 20; breakAt++) {
      const world = new RunningServer()
      const hosts: MemoryEnd[] = []
      const seen: number[] = []
      const states: ConnectionState['state'][] = []
      const client = reconnectingClient({
        locale: 'en',
        connect: async () => {
          const [page, host] = world.connect()
          hosts.push(host)
          return page
        },
        wait: () => turn().then(() => undefined),
        onState: ({ state }) => {
          states.push(state)
          if (state === 'connected') void follower.catchUp()
        },
      })
      const follower = followRun(client, run, ({ sequence }) => seen.push(sequence))
      await settle(10)
      for (let i = 0; i < 20; i++) {
        if (i === breakAt) hosts.at(-1)?.close()
        world.tell()
        if (i % 3 === 0) await turn()
      }
      if (breakAt === 20) hosts.at(-1)?.close()
      await settle(80)
      expect(seen, `broken before event ${breakAt + 1}`).toEqual(oneTo(20))
      expect(states.filter((state) => state === 'connected')).toHaveLength(2)
      client.close()
    }
  })

  it('asks for another language when it is told to, and for no other after a new connection', async () => {
    const world = new RunningServer()
    const hosts: MemoryEnd[] = []
    const client = reconnectingClient({
      locale: 'en',
      connect: async () => {
        const [page, host] = world.connect()
        hosts.push(host)
        return page
      },
      wait: () => turn().then(() => undefined),
      onState: () => undefined,
    })
    const said = async () => {
      const answer = await client.call('help.search', { text: 'esp' })
      return answer.ok ? '' : answer.failure.message
    }
    await settle()
    expect(await client.speak('en')).toBe(false)
    const english = await said()
    expect(await client.speak('de')).toBe(true)
    const german = await said()
    expect(german).not.toBe(english)
    hosts.at(-1)?.close()
    await settle(80)
    expect(await said()).toBe(german)
    client.close()
  })

  it('tries again until somebody answers, and says so', async () => {
    const world = new RunningServer()
    const states: string[] = []
    let attempts = 0
    const client = reconnectingClient({
      locale: 'en',
      connect: async () => (++attempts < 4 ? null : world.connect()[0]),
      wait: () => turn().then(() => undefined),
      onState: (state) => states.push(state.state),
    })
    expect(await client.call('run.follow', { run, after: 0 })).toMatchObject({
      failure: { code: 'connection-lost' },
    })
    await settle()
    expect(states).toEqual(['connecting', 'connecting', 'connecting', 'connecting', 'connected'])
    expect(await client.call('run.follow', { run, after: 0 })).toMatchObject({ ok: true })
    client.close()
  })
})
