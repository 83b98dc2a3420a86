import type { Locale } from '../text/locale.ts'
import { wireFailure } from './answer.ts'
import { createClient, type Client, type ClientOptions, type ConnectedClient } from './client.ts'
import { notificationNames, type NotificationName, type NotificationOf, type ResultOf } from './contract.ts'
import type { Transport } from './transport.ts'
import { contractVersion, type WireFailure } from './wire-values.ts'

/** `engine`: who answers now; another one than before means that what was under way may have been cut off. */
export type ConnectionState =
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'connected'; readonly engine: ResultOf<'session.hello'> }
  | { readonly state: 'refused'; readonly failure: WireFailure }

export interface ReconnectOptions extends ClientOptions {
  /** The language to begin with. */
  readonly locale: Locale
  /** Opens a connection, or says that there is none. */
  readonly connect: () => Promise<Transport | null>
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>
  readonly onState: (state: ConnectionState) => void
}

type Listeners = Map<NotificationName, Set<(body: never) => void>>

const waits = [100, 250, 500, 1000, 2000, 4000]

/** A client that connects again whenever its connection is lost. Listeners stay; calls that waited end with `connection-lost`. */
export interface ReconnectingClient extends Client {
  /** Asks for this language from now on; false when it is the one in use. What was said before is not said again. */
  speak(locale: Locale): Promise<boolean>
  close(): void
}

/** Starts connecting at once. Calls made before the connection stands fail with `connection-lost`. */
export function reconnectingClient(options: ReconnectOptions): ReconnectingClient {
  const listeners: Listeners = new Map()
  let current: ConnectedClient | null = null
  let locale = options.locale
  let open = true
  const stopped = () => !open
  const keep = async (): Promise<void> => {
    for (let attempt = 0; !stopped(); attempt++) {
      options.onState({ state: 'connecting', attempt })
      if (attempt > 0) await options.wait(waits[Math.min(attempt, waits.length) - 1] ?? 0)
      const transport = stopped() ? null : await options.connect()
      if (transport === null) continue
      const client = createClient(transport, { ...options, locale: () => locale })
      for (const name of notificationNames) pass(client, name, listeners)
      const hello = await greet(client, locale)
      if (!hello.ok) {
        client.close()
        if (hello.failure.code === 'connection-lost') continue
        return options.onState({ state: 'refused', failure: hello.failure })
      }
      current = client
      if (stopped()) client.close()
      else options.onState({ state: 'connected', engine: hello.value })
      await client.closed
      current = null
      attempt = -1
    }
  }
  void keep()
  return {
    call: async (name, params) =>
      current === null ? notConnected(name, locale) : current.call(name, params),
    on(name, listener) {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return () => void known.delete(listener)
    },
    async speak(wished) {
      if (wished === locale) return false
      locale = wished
      if (current !== null) await greet(current, locale)
      return true
    },
    close() {
      open = false
      current?.close()
    },
  }
}

function pass<N extends NotificationName>(client: ConnectedClient, name: N, listeners: Listeners): void {
  client.on(name, (body) => {
    for (const listener of listeners.get(name) ?? []) (listener as (body: NotificationOf<N>) => void)(body)
  })
}

function greet(client: ConnectedClient, language: Locale) {
  return client.call('session.hello', { contract: contractVersion, language })
}

function notConnected(what: string, locale: Locale) {
  return { ok: false as const, failure: wireFailure('connection-lost', { what }, locale) }
}
