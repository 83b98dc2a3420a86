import { Agent as HttpAgent, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Result } from '../../base/result.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import { HttpBody } from './http-body.ts'
import { request, unreachable, usualPatience, type Connections, type Patience } from './http-request.ts'

export interface HttpOptions {
  readonly patience?: Patience
  /** Certificates (PEM) that are believed besides those of the system; for tests. */
  readonly authority?: string
}

/** A catalogue on a server: only files are asked for, whole or in ranges. `base` ends with a slash. */
export function httpCatalogueSource(
  base: URL,
  { patience = usualPatience, authority }: HttpOptions = {},
): CatalogueSource {
  const connections: Connections = {
    http: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true, ...(authority === undefined ? {} : { ca: authority }) }),
  }
  const server = new Server(base, connections, patience)
  return {
    name: base.href,
    readWhole: (path, limit, signal) => server.readWhole(path, limit, signal),
    readRange: (path, start, length, signal) => server.readRange(path, start, length, signal),
    close: () => {
      connections.http.destroy()
      connections.https.destroy()
    },
  }
}

class Server {
  readonly #base: URL
  readonly #connections: Connections
  readonly #patience: Patience
  /** A server that answers a range with the whole file is read from the front, one reader at a time. */
  #whole: { readonly path: string; readonly body: HttpBody } | null = null
  #turn: Promise<unknown> | null = null

  constructor(base: URL, connections: Connections, patience: Patience) {
    this.#base = base
    this.#connections = connections
    this.#patience = patience
  }

  async readWhole(path: string, limit: number, signal?: AbortSignal): Promise<Result<Uint8Array>> {
    const asked = await this.#ask(path, null, signal)
    if (!asked.ok) return asked
    const body = this.#bodyOf(asked.value, path)
    return body.takeRest(limit)
  }

  async readRange(
    path: string,
    start: number,
    length: number,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array>> {
    if (this.#turn !== null) return this.#inTurn(() => this.#fromFront(path, start, length, signal))
    const asked = await this.#ask(path, { start, length }, signal)
    if (!asked.ok) return asked
    const body = this.#bodyOf(asked.value, path)
    if (asked.value.statusCode === 200) {
      // No ranges here. The answer is the whole file: go on with it, or begin one when there is one already.
      if (this.#whole === null && this.#turn === null) this.#whole = { path, body }
      else body.close()
      return this.#inTurn(() => this.#fromFront(path, start, length, signal))
    }
    const range = asked.value.headers['content-range'] ?? ''
    if (!range.startsWith(`bytes ${start}-${start + length - 1}/`)) {
      body.close()
      return unreachable(this.#urlOf(path), `answered with the range ${range.slice(0, 60)}`)
    }
    const data = await body.take(length)
    if (!data.ok) return data
    const end = await body.end(length)
    return end.ok ? data : end
  }

  async #fromFront(
    path: string,
    start: number,
    length: number,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array>> {
    if (this.#whole === null || this.#whole.path !== path || this.#whole.body.position > start) {
      this.#whole?.body.close()
      this.#whole = null
      const asked = await this.#ask(path, null, signal)
      if (!asked.ok) return asked
      this.#whole = { path, body: this.#bodyOf(asked.value, path) }
    }
    const { body } = this.#whole
    const skipped = await body.skip(start - body.position)
    const data = skipped.ok ? await body.take(length) : skipped
    if (!data.ok) {
      body.close()
      this.#whole = null
    }
    return data
  }

  /** After whoever came before. */
  #inTurn<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    const mine = (this.#turn ?? Promise.resolve()).then(work)
    this.#turn = mine
    return mine
  }

  #ask(path: string, range: { start: number; length: number } | null, signal: AbortSignal | undefined) {
    return request(this.#urlOf(path), range, {
      connections: this.#connections,
      patience: this.#patience,
      ...(signal === undefined ? {} : { signal }),
    })
  }

  #bodyOf(answer: IncomingMessage, path: string): HttpBody {
    return new HttpBody(answer, this.#urlOf(path), this.#patience)
  }

  #urlOf(path: string): URL {
    return new URL(path, this.#base)
  }
}
