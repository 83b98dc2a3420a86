import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/**
 * Who may speak to the engine: the browser that brought the one-time token, and nobody else. The token is worth nothing
 * after its first use; what is kept of the session is a hash.
 */
export class SessionGate {
  readonly token = secret()
  readonly #origin: string
  readonly #host: string
  readonly #cookie: string
  #tokenHash: Buffer | null = hash(this.token)
  #sessionHash: Buffer | null = null

  constructor(port: number) {
    this.#host = `127.0.0.1:${port}`
    this.#origin = `http://${this.#host}`
    // Cookies know no ports: another program on this host must not get or replace this one by accident.
    this.#cookie = `berth-${port}`
  }

  /** The address a person opens: the fragment never leaves the browser. */
  get address(): string {
    return `${this.#origin}/#token=${this.token}`
  }

  /** Names of other hosts that lead here (DNS rebinding) are refused. */
  isOwnHost({ host }: IncomingHttpHeaders): boolean {
    return host === this.#host
  }

  /** True for requests that the page itself makes. */
  isOwnOrigin({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
    return origin === this.#origin && (site === undefined || site === 'same-origin')
  }

  /** The value of `Set-Cookie` for the right token, once; null for everything else. */
  exchange(token: string): string | null {
    if (this.#tokenHash === null || !timingSafeEqual(hash(token), this.#tokenHash)) return null
    this.#tokenHash = null
    const session = secret()
    this.#sessionHash = hash(session)
    return `${this.#cookie}=${session}; Path=/; HttpOnly; SameSite=Strict`
  }

  /** True when the request carries the session's cookie. */
  isSession({ cookie = '' }: IncomingHttpHeaders): boolean {
    const known = this.#sessionHash
    if (known === null) return false
    return cookie
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part.startsWith(`${this.#cookie}=`))
      .some((part) => timingSafeEqual(hash(part.slice(this.#cookie.length + 1)), known))
  }
}

function secret(): string {
  return randomBytes(32).toString('hex')
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
