import type { Agent as HttpAgent } from 'node:http'
import { get as getHttp, type IncomingMessage } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import { get as getHttps } from 'node:https'
import { fail, ok, type Result } from '../../base/result.ts'

/** How patient Berth is with a server. */
export interface Patience {
  /** Nothing arrives for so long: the source is given up. */
  readonly silenceMs: number
  /** A body that is slower than this on the whole is given up, after a first `silenceMs`. */
  readonly bytesPerSecond: number
}

export const usualPatience: Patience = { silenceMs: 30_000, bytesPerSecond: 8192 }

export interface Connections {
  readonly http: HttpAgent
  readonly https: HttpsAgent
}

const mostRedirects = 5

/**
 * Asks for a file, or for a part of it. Follows a redirect only to the same origin, a few times. A body is never asked
 * for in a compressed form, so that its length is what it says. `not-found`, `source-redirects`, `source-unreachable`.
 */
export async function request(
  url: URL,
  range: { readonly start: number; readonly length: number } | null,
  { connections, patience, signal }: { connections: Connections; patience: Patience; signal?: AbortSignal },
): Promise<Result<IncomingMessage>> {
  let from = url
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const answer = await ask(from)
    if (!answer.ok) return answer
    const { statusCode = 0, headers } = answer.value
    if (statusCode === 200 || (statusCode === 206 && range !== null)) return answer
    answer.value.destroy()
    if (![301, 302, 303, 307, 308].includes(statusCode)) return refusal(statusCode)
    const to =
      headers.location !== undefined && URL.canParse(headers.location, from.href)
        ? new URL(headers.location, from)
        : null
    if (to === null || to.origin !== from.origin)
      return fail('source-redirects', { what: url.href, found: to?.origin ?? 'nowhere' })
    from = to
  }
  return fail('source-redirects', { what: url.href, found: 'itself, again and again' })

  function ask(target: URL): Promise<Result<IncomingMessage>> {
    const secure = target.protocol === 'https:'
    const options = {
      agent: secure ? connections.https : connections.http,
      timeout: patience.silenceMs,
      headers: {
        'accept-encoding': 'identity',
        ...(range === null ? {} : { range: `bytes=${range.start}-${range.start + range.length - 1}` }),
      },
      ...(signal === undefined ? {} : { signal }),
    }
    return new Promise((resolve) => {
      const asked = (secure ? getHttps : getHttp)(target, options, (answer) => resolve(ok(answer)))
      asked.on('timeout', () => asked.destroy(new Error('no answer')))
      // Also after the answer has begun: its body then fails, which whoever reads it is told.
      asked.on('error', (error) => resolve(unreachable(url, error)))
    })
  }

  function refusal(statusCode: number): Result<never> {
    if ([403, 404, 410].includes(statusCode)) return fail('not-found', { what: url.href })
    if (statusCode === 416) return fail('source-cut-short', { what: url.href, required: range?.start ?? 0 })
    return unreachable(url, new Error(`HTTP ${statusCode}`))
  }
}

/** Why nothing came. */
export function unreachable(url: URL, error: unknown): Result<never> {
  const text = error instanceof Error ? error.message : String(error)
  return fail('source-unreachable', { what: url.href, error: text })
}
