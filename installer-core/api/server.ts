import {
  JSONRPCServer,
  createJSONRPCSuccessResponse,
  isJSONRPCID,
  isJSONRPCRequest,
  type JSONRPCRequest,
  type JSONRPCResponse,
} from 'json-rpc-2.0'
import type { Result } from '../base/result.ts'
import { localeFor, locales, type Locale } from '../text/locale.ts'
import { toWireFailure, wireFailure } from './answer.ts'
import {
  methodNames,
  methods,
  notifications,
  type MethodName,
  type NotificationName,
  type NotificationOf,
  type ParsedParamsOf,
  type ResultOf,
} from './contract.ts'
import { errorResponse, rpcCode } from './rpc-error.ts'
import { parseFrame } from './frame.ts'
import { fits, type Transport } from './transport.ts'
import { frameLimit } from './wire-values.ts'

/** One connection as the handlers see it. */
export interface Peer {
  /** The language of words sent to it. */
  readonly locale: Locale
  /** Says something unasked. What does not fit into a frame is left out and `false` comes back. */
  notify<N extends NotificationName>(name: N, body: NotificationOf<N>): boolean
}

/** What does the work: one function for each method of the contract; the compiler refuses a set that lacks one. */
export type Handlers = {
  readonly [M in MethodName]: (
    params: ParsedParamsOf<M>,
    peer: Peer,
  ) => Promise<Result<ResultOf<M>>> | Result<ResultOf<M>>
}

/** Told of faults of the engine's own: what was thrown, or an answer that breaks the contract. */
export type OnFault = (what: string, thrown: unknown) => void

/** Requests that one connection may have under way. */
const mostAtOnce = 64

/** Serves the contract on connections. Every frame is checked on its way in and on its way out. */
export class ContractServer {
  readonly #rpc = new JSONRPCServer<Connection>({ errorListener: () => undefined })
  readonly #peers = new Set<Connection>()
  readonly #onFault: OnFault

  constructor(handlers: Handlers, onFault: OnFault) {
    this.#onFault = onFault
    for (const name of methodNames)
      this.#rpc.addMethodAdvanced(name, (request, peer) => this.#handle(name, handlers[name], request, peer))
  }

  /** Connections that are open. */
  get peers(): ReadonlySet<Peer> {
    return this.#peers
  }

  /** Serves one connection until it is closed. */
  attach(transport: Transport, onClosed: (peer: Peer) => void = () => undefined): Peer {
    const peer = new Connection(transport, this.#onFault)
    this.#peers.add(peer)
    transport.onClose(() => {
      this.#peers.delete(peer)
      onClosed(peer)
    })
    transport.onFrame((frame) => void this.#receive(frame, peer))
    return peer
  }

  /** Says something to every connection. */
  broadcast<N extends NotificationName>(name: N, body: NotificationOf<N>): void {
    for (const peer of this.#peers) peer.notify(name, body)
  }

  async #receive(frame: string, peer: Connection): Promise<void> {
    if (!fits(frame, frameLimit)) return peer.answer(this.#refusal(null, rpcCode.request, peer, 'too-large'))
    const parsed = parseFrame(frame)
    if (parsed.kind === 'malformed') return peer.answer(this.#refusal(null, rpcCode.parse, peer, 'malformed'))
    if (parsed.kind === 'other') return peer.answer(this.#refusal(null, rpcCode.request, peer, 'malformed'))
    const request = parsed.value
    const id = idOf(request)
    if (!isJSONRPCRequest(request) || id === null)
      return peer.answer(this.#refusal(id, rpcCode.request, peer, 'malformed'))
    if (peer.underWay >= mostAtOnce) return peer.answer(this.#refusal(id, rpcCode.request, peer, 'busy'))
    peer.underWay += 1
    const response = this.#rpc.hasMethod(request.method)
      ? await this.#rpc.receive(request, peer)
      : this.#refusal(id, rpcCode.method, peer, 'unsupported', request.method)
    peer.underWay -= 1
    if (response !== null) peer.answer(response)
  }

  async #handle<M extends MethodName>(
    name: M,
    handler: Handlers[M],
    { id = null, params }: JSONRPCRequest,
    peer: Connection,
  ): Promise<JSONRPCResponse> {
    const checked = methods[name].params.safeParse(params ?? {})
    if (!checked.success) return this.#refusal(id, rpcCode.params, peer, 'usage', name)
    const parsed = checked.data as ParsedParamsOf<M>
    if (name === 'session.hello')
      peer.locale = localeFor((parsed as ParsedParamsOf<'session.hello'>).language)
    try {
      const result = await handler(parsed, peer)
      if (!result.ok) return errorResponse(id, rpcCode.failed, toWireFailure(result.failure, peer.locale))
      return createJSONRPCSuccessResponse(id, methods[name].result.parse(result.value))
    } catch (thrown) {
      this.#onFault(name, thrown)
      return this.#refusal(id, rpcCode.internal, peer, 'engine-fault', name)
    }
  }

  #refusal(
    id: string | number | null,
    code: number,
    peer: Peer,
    failure: 'malformed' | 'too-large' | 'busy' | 'unsupported' | 'usage' | 'engine-fault',
    what = 'frame',
  ): JSONRPCResponse {
    const facts =
      failure === 'malformed'
        ? {
            format: 'wire',
            field: what,
            offset: 0,
            required: 'a JSON-RPC 2.0 request',
            found: 'something else',
          }
        : { what, where: 'wire' }
    return errorResponse(id, code, wireFailure(failure, facts, peer.locale))
  }
}

class Connection implements Peer {
  locale: Locale = locales[0]
  underWay = 0
  readonly #transport: Transport
  readonly #onFault: OnFault

  constructor(transport: Transport, onFault: OnFault) {
    this.#transport = transport
    this.#onFault = onFault
  }

  notify<N extends NotificationName>(name: N, body: NotificationOf<N>): boolean {
    const checked = notifications[name].safeParse(body)
    if (!checked.success) {
      this.#onFault(name, checked.error)
      return false
    }
    return this.#send(JSON.stringify({ jsonrpc: '2.0', method: name, params: checked.data }))
  }

  answer(response: JSONRPCResponse): void {
    if (this.#send(JSON.stringify(response))) return
    const failure = wireFailure(
      'too-large',
      { what: 'answer', where: 'wire', required: frameLimit },
      this.locale,
    )
    this.#send(JSON.stringify(errorResponse(response.id, rpcCode.failed, failure)))
  }

  #send(frame: string): boolean {
    if (!fits(frame, frameLimit)) return false
    this.#transport.send(frame)
    return true
  }
}

function idOf(request: object): string | number | null {
  if (!('id' in request)) return null
  return isJSONRPCID(request.id) ? request.id : null
}
