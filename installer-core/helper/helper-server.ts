import {
  createJSONRPCErrorResponse,
  createJSONRPCNotification,
  createJSONRPCSuccessResponse,
  isJSONRPCRequest,
  type JSONRPCRequest,
} from 'json-rpc-2.0'
import { IdleClock } from '../adapters/idle-clock.ts'
import { parseFrame } from '../api/frame.ts'
import { rpcCode } from '../api/rpc-error.ts'
import { fits, type Transport } from '../api/transport.ts'
import { frameLimit } from '../api/wire-values.ts'
import { fail, ok, type Err, type Result } from '../base/result.ts'
import { HelperDesk, type DeskParts } from './helper-desk.ts'
import {
  helperRequests,
  helperWireVersion,
  type Asked,
  type HelperAnswer,
  type HelperMethod,
  type ProbeRequest,
  type RunRequest,
  type UndoRequest,
} from './wire.ts'

export interface HelperOptions extends DeskParts {
  /** Ends when nothing was asked for so long. */
  readonly idleMs: number
  /** Told of faults of the helper's own. */
  readonly onFault: (what: string, thrown: unknown) => void
}

/**
 * Serves the four requests to one caller until it goes away, and then until what is under way is at a safe point. A frame
 * that is no request of the contract is refused and changes nothing. Numbers of requests only ever grow, so that a request
 * that was heard once is never heard again.
 */
export class HelperServer {
  /** Resolves when the caller is gone (or was silent for too long) and nothing is under way any more. */
  readonly ended: Promise<void>
  readonly #transport: Transport
  readonly #options: HelperOptions
  readonly #desk: HelperDesk
  readonly #idle: IdleClock
  readonly #answering = new Set<Promise<void>>()
  #lastId = 0

  constructor(transport: Transport, options: HelperOptions) {
    this.#transport = transport
    this.#options = options
    this.#desk = new HelperDesk(options)
    this.#idle = new IdleClock(
      options.idleMs,
      () => this.#desk.isBusy,
      () => transport.close(),
    )
    this.ended = new Promise<void>((resolve) => transport.onClose(resolve)).then(() => this.#end())
    transport.onFrame((frame) => this.#hear(frame))
    this.#say('ready', { wire: helperWireVersion, version: options.version })
  }

  /** Stops what is under way at the next safe point; with nothing under way, nothing. */
  stop(): void {
    this.#desk.cancel()
  }

  /** Stops what is under way at the next safe point, says how that ended, and ends. */
  async leave(): Promise<void> {
    this.#desk.cancel()
    await Promise.all(this.#answering)
    this.#transport.close()
  }

  async #end(): Promise<void> {
    this.#idle.stop()
    this.#desk.cancel()
    await this.#desk.settled()
  }

  #hear(frame: string): void {
    const answering = this.#receive(frame).finally(() => this.#answering.delete(answering))
    this.#answering.add(answering)
  }

  async #receive(frame: string): Promise<void> {
    const asked = this.#read(frame)
    if (!asked.ok) return this.#answer(null, rpcCode.request, asked)
    const { id, method, params } = asked.value
    const schema = Object.hasOwn(helperRequests, method) ? helperRequests[method as HelperMethod] : null
    if (schema === null)
      return this.#answer(id, rpcCode.method, fail('unsupported', { what: 'method', where: 'helper' }))
    const checked = schema.safeParse(params ?? {})
    if (!checked.success) return this.#answer(id, rpcCode.params, fail('usage', { what: method }))
    this.#idle.touch()
    try {
      this.#answer(id, rpcCode.failed, await this.#handle(method as HelperMethod, checked.data))
    } catch (thrown) {
      this.#options.onFault(method, thrown)
      this.#answer(id, rpcCode.internal, fail('engine-fault', { what: method }))
    }
  }

  /** A request with a number that was not used before. */
  #read(frame: string): Result<{ readonly id: number; readonly method: string; readonly params: unknown }> {
    if (!fits(frame, frameLimit)) return fail('too-large', { what: 'frame', required: frameLimit })
    const parsed = parseFrame(frame)
    if (parsed.kind !== 'object' || !isJSONRPCRequest(parsed.value))
      return noRequest('a JSON-RPC 2.0 request')
    const { id, method, params } = parsed.value as Omit<JSONRPCRequest, 'params'> & {
      readonly params?: unknown
    }
    if (typeof id !== 'number' || !Number.isSafeInteger(id) || id <= this.#lastId)
      return noRequest(`a number above ${this.#lastId}`)
    this.#lastId = id
    return ok({ id, method, params })
  }

  async #handle(method: HelperMethod, params: unknown): Promise<Result<HelperAnswer<HelperMethod>>> {
    switch (method) {
      case 'probe':
        return this.#desk.probe((params as ProbeRequest).room)
      case 'run':
        return this.#run(params as RunRequest)
      case 'undo':
        return this.#run({ goal: 'undo', ...(params as UndoRequest) })
      case 'cancel':
        return ok({ stopping: this.#desk.cancel() })
    }
  }

  async #run(asked: Asked): Promise<Result<HelperAnswer<'run'>>> {
    let sequence = 0
    const report = await this.#desk.run(asked, (event) => this.#say('event', { sequence: ++sequence, event }))
    return report.ok ? ok({ report: report.value }) : report
  }

  #say(method: 'ready' | 'event', params: object): void {
    this.#send(createJSONRPCNotification(method, params))
  }

  #answer(id: number | null, code: number, result: Result<unknown>): void {
    if (!result.ok)
      return void this.#send(createJSONRPCErrorResponse(id, code, result.failure.code, result.failure))
    if (id === null || this.#send(createJSONRPCSuccessResponse(id, result.value))) return
    const { failure } = fail('too-large', { what: 'answer', required: frameLimit })
    this.#send(createJSONRPCErrorResponse(id, rpcCode.failed, failure.code, failure))
  }

  #send(message: object): boolean {
    const frame = JSON.stringify(message)
    if (!fits(frame, frameLimit)) return false
    this.#transport.send(frame)
    return true
  }
}

function noRequest(required: string): Err {
  return fail('malformed', { format: 'wire', field: 'frame', offset: 0, required, found: 'something else' })
}
