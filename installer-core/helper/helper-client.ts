import { JSONRPCClient, isJSONRPCRequest, isJSONRPCResponse } from 'json-rpc-2.0'
import { parseFrame } from '../api/frame.ts'
import { fits, type Transport } from '../api/transport.ts'
import { frameLimit } from '../api/wire-values.ts'
import { fail, ok, type Err, type Result } from '../base/result.ts'
import type { RunEvent } from '../model/report.ts'
import {
  helperAnswers,
  helperFailureSchema,
  helperNotifications,
  helperRequests,
  type HelperAnswer,
  type HelperMethod,
  type HelperParams,
} from './wire.ts'

/** Asks a helper. Nothing is sent and nothing is believed that does not follow the wire. */
export class HelperClient {
  /** The helper is there and speaks this wire; `helper-lost` when it ended or said something else first. */
  readonly ready: Promise<Result<void>>
  /** Resolves when the connection is closed; what waits then fails with `helper-lost`. */
  readonly closed: Promise<void>
  readonly #transport: Transport
  readonly #rpc: JSONRPCClient
  #open = true
  #id = 0
  #told = 0
  #onEvent: ((event: RunEvent) => void) | null = null
  #onReady: (result: Result<void>) => void = () => undefined

  constructor(transport: Transport) {
    this.#transport = transport
    this.#rpc = new JSONRPCClient(
      (message) => transport.send(JSON.stringify(message)),
      () => ++this.#id,
    )
    this.ready = new Promise((resolve) => (this.#onReady = resolve))
    this.closed = new Promise((resolve) =>
      transport.onClose(() => {
        this.#open = false
        this.#onReady(lost())
        this.#rpc.rejectAllPendingRequests('helper-lost')
        resolve()
      }),
    )
    transport.onFrame((frame) => this.#receive(frame))
  }

  async call<M extends HelperMethod>(method: M, params: HelperParams<M>): Promise<Result<HelperAnswer<M>>> {
    const checked = helperRequests[method].safeParse(params)
    if (!checked.success) return fail('usage', { what: method })
    if (!fits(JSON.stringify(checked.data), frameLimit - 1000))
      return fail('too-large', { what: method, required: frameLimit })
    if (!this.#open) return lost()
    const id = ++this.#id
    const response = await this.#rpc.requestAdvanced({ jsonrpc: '2.0', id, method, params: checked.data })
    if (response.error !== undefined) {
      const known = helperFailureSchema.safeParse((response.error as { readonly data?: unknown }).data)
      return known.success ? { ok: false, failure: known.data } : lost()
    }
    const answer = helperAnswers[method].safeParse(response.result)
    return answer.success
      ? ok(answer.data as HelperAnswer<M>)
      : fail('engine-fault', { what: `helper: ${method}` })
  }

  /** Hears the events of the run that is asked for next, in order and each once. */
  hear(onEvent: ((event: RunEvent) => void) | null): void {
    this.#told = 0
    this.#onEvent = onEvent
  }

  /** Lets go of the helper: it ends, at the next safe point when something is under way. */
  close(): void {
    this.#transport.close()
  }

  #receive(frame: string): void {
    const parsed = fits(frame, frameLimit) ? parseFrame(frame) : null
    if (parsed?.kind !== 'object') return this.#transport.close()
    if (isJSONRPCResponse(parsed.value)) this.#rpc.receive(parsed.value)
    else if (isJSONRPCRequest(parsed.value)) this.#hear(parsed.value.method, parsed.value.params)
  }

  #hear(method: string, params: unknown): void {
    if (method === 'ready') {
      const ready = helperNotifications.ready.safeParse(params)
      this.#onReady(ready.success ? ok(undefined) : lost('version'))
      if (!ready.success) this.close()
    }
    if (method !== 'event') return
    const told = helperNotifications.event.safeParse(params)
    if (!told.success || told.data.sequence !== this.#told + 1) return
    this.#told = told.data.sequence
    this.#onEvent?.(told.data.event)
  }
}

function lost(what: string | null = null): Err {
  return fail('helper-lost', what === null ? {} : { what })
}
