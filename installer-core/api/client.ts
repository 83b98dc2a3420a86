import { JSONRPCClient, isJSONRPCRequest, isJSONRPCResponse, type JSONRPCRequest } from 'json-rpc-2.0'
import type { Locale } from '../text/locale.ts'
import { wireFailure, type Answer } from './answer.ts'
import {
  methods,
  notifications,
  type MethodName,
  type NotificationName,
  type NotificationOf,
  type ParamsOf,
  type ResultOf,
} from './contract.ts'
import { parseFrame } from './frame.ts'
import { fits, type Transport } from './transport.ts'
import { frameLimit, wireFailureSchema, type WireFailure } from './wire-values.ts'

/** Calls the engine. Nothing is sent and nothing is believed that does not follow the contract. */
export interface Client {
  call<M extends MethodName>(method: M, params: ParamsOf<M>): Promise<Answer<ResultOf<M>>>
  /** Hears one kind of notification until the returned function is called. */
  on<N extends NotificationName>(name: N, listener: (body: NotificationOf<N>) => void): () => void
}

/** A client on one connection. */
export interface ConnectedClient extends Client {
  /** Resolves when the connection is closed; calls that wait then end with `connection-lost`. */
  readonly closed: Promise<void>
  close(): void
}

export interface ClientOptions {
  /** The language of failures that this end finds itself; asked for each time where it can change. */
  readonly locale: Locale | (() => Locale)
  /** Told of a frame from the engine that does not follow the contract; it is left out. */
  readonly onFault?: (fault: WireFailure) => void
}

type Listener = (body: never) => void

/** A client on a connection that is open. */
export function createClient(
  transport: Transport,
  { locale: spoken, onFault }: ClientOptions,
): ConnectedClient {
  const locale = typeof spoken === 'function' ? spoken : () => spoken
  const listeners = new Map<NotificationName, Set<Listener>>()
  const fault = (what: string) =>
    onFault?.(wireFailure('malformed', { format: 'wire', field: what }, locale()))
  let open = true
  let last = 0
  const rpc = new JSONRPCClient((frame) => transport.send(JSON.stringify(frame)))
  transport.onFrame((frame) => {
    const parsed = fits(frame, frameLimit) ? parseFrame(frame) : null
    if (parsed?.kind !== 'object') return fault('frame')
    if (isJSONRPCResponse(parsed.value)) rpc.receive(parsed.value)
    else if (isJSONRPCRequest(parsed.value)) deliver(parsed.value, listeners, fault)
    else fault('frame')
  })
  const closed = new Promise<void>((resolve) =>
    transport.onClose(() => {
      open = false
      rpc.rejectAllPendingRequests('connection-lost')
      resolve()
    }),
  )
  return {
    async call(name, params) {
      const checked = checkParams(name, params, locale())
      if (!checked.ok) return checked
      const request: JSONRPCRequest = { jsonrpc: '2.0', method: name, params: checked.value, id: ++last }
      if (!fits(JSON.stringify(request), frameLimit)) return tooLarge(name, locale())
      if (!open) return lost(name, locale())
      const response = await rpc.requestAdvanced(request)
      if (response.error === undefined) return checkResult(name, response.result, locale())
      const { data, message } = response.error as { readonly data?: unknown; readonly message: string }
      const known = wireFailureSchema.safeParse(data)
      if (known.success) return { ok: false, failure: known.data }
      return message === 'connection-lost'
        ? lost(name, locale())
        : { ok: false, failure: wireFailure('engine-fault', { what: message }, locale()) }
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
      return () => void known.delete(listener)
    },
    closed,
    close: () => transport.close(),
  }
}

function deliver(
  { method: name, params }: JSONRPCRequest,
  listeners: ReadonlyMap<NotificationName, ReadonlySet<Listener>>,
  fault: (what: string) => void,
): void {
  if (!Object.hasOwn(notifications, name)) return fault(name)
  const known = name as NotificationName
  const body = notifications[known].safeParse(params)
  if (!body.success) return fault(name)
  for (const listener of listeners.get(known) ?? []) listener(body.data as never)
}

function checkParams(name: MethodName, params: unknown, locale: Locale): Answer<unknown> {
  if (!Object.hasOwn(methods, name))
    return { ok: false, failure: wireFailure('unsupported', { what: name, where: 'wire' }, locale) }
  const checked = methods[name].params.safeParse(params)
  if (checked.success) return { ok: true, value: checked.data }
  return { ok: false, failure: wireFailure('usage', { what: name, required: firstProblem(checked) }, locale) }
}

function checkResult<M extends MethodName>(name: M, result: unknown, locale: Locale): Answer<ResultOf<M>> {
  const checked = methods[name].result.safeParse(result)
  if (checked.success) return { ok: true, value: checked.data as ResultOf<M> }
  const facts = { what: `${name}: ${firstProblem(checked)}` }
  return { ok: false, failure: wireFailure('engine-fault', facts, locale) }
}

/** Where the first mismatch is and what it is. */
function firstProblem(checked: {
  readonly error: {
    readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
  }
}): string {
  const [issue] = checked.error.issues
  return issue === undefined ? '' : `${issue.path.map(String).join('.')}: ${issue.message}`
}

function lost(what: string, locale: Locale): Answer<never> {
  return { ok: false, failure: wireFailure('connection-lost', { what }, locale) }
}

function tooLarge(what: string, locale: Locale): Answer<never> {
  return {
    ok: false,
    failure: wireFailure('too-large', { what, where: 'wire', required: frameLimit }, locale),
  }
}
