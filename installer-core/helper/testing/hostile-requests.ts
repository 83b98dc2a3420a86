/** What a caller knows that wants to do harm: a look that counts, and everything that it was told. */
export interface Known {
  readonly probe: string
  readonly fingerprints: readonly string[]
}

export interface Hostile {
  readonly frame: string
  /** It follows the schema of its method, whatever its number is. */
  readonly valid: boolean
  /** It gets as far as a plan being made or compared. */
  readonly deep: boolean
}

/** Long, and still a frame: a longer one ends the helper. */
const longest = 900_000

const hex = '0123456789abcdef'
const release = 'cut-test-1.0.0-x86_64'

/** Requests that must change nothing: never one that names the last look together with a fingerprint of its plans. */
export class HostileRequests {
  readonly #random: () => number
  readonly #old: string[] = []
  #id = 0
  /** The highest number that surely arrived in a request of right form: no number up to it counts again. */
  #heard = 0

  constructor(random: () => number) {
    this.#random = random
  }

  /** A number that was not used yet, for a request that will be heard. */
  heardId(): number {
    return (this.#heard = ++this.#id)
  }

  /** Anything but what would be refused only after a plan was made. */
  shallow(known: Known): Hostile {
    const made = this.#random() < 0.6 ? this.#validShallow(known) : this.#invalid()
    if (this.#old.length < 500 && made.frame.length < longest / 2) this.#old.push(made.frame)
    return made
  }

  /** The last look, and a plan that nobody confirmed. */
  deep(known: Known): Hostile {
    const fingerprint = this.#random() < 0.5 ? this.#hex(64) : this.#flipped(known)
    return { ...this.#frame(this.#one(this.#agreed(known.probe, fingerprint))), deep: true }
  }

  #validShallow(known: Known): Hostile {
    const draw = this.#random()
    if (draw < 0.1) return this.#frame({ method: 'cancel', params: {} })
    if (draw < 0.3) return this.#again(known)
    // Of another look: any fingerprint, those of the plans as well.
    const fingerprint = this.#random() < 0.5 ? this.#hex(64) : this.#pick(known.fingerprints)
    const probe = this.#random() < 0.5 ? this.#hex(32) : `${known.probe.slice(1)}${known.probe.slice(0, 1)}`
    return this.#frame(this.#one(this.#agreed(probe === known.probe ? this.#hex(32) : probe, fingerprint)))
  }

  /** Right in everything but its number: heard before, or out of order. Even what was confirmed is not done again. */
  #again({ probe, fingerprints }: Known): Hostile {
    const { method, params } = this.#one(this.#agreed(probe, this.#pick(fingerprints)))
    const id = Math.max(0, this.#heard - Math.floor(this.#random() * 1000))
    return { frame: JSON.stringify({ jsonrpc: '2.0', id, method, params }), valid: true, deep: false }
  }

  #invalid(): Hostile {
    const draw = this.#random()
    if (draw < 0.4) {
      const { method, params } = this.#one(this.#agreed(this.#hex(32), this.#hex(64)))
      const own = JSON.stringify({ jsonrpc: '2.0', id: ++this.#id, method, params })
      return { frame: this.#damaged(own), valid: false, deep: false }
    }
    if (draw < 0.5 && this.#old.length > 0) {
      return { frame: this.#damaged(this.#pick(this.#old)), valid: false, deep: false }
    }
    const odd = [
      ['run', { goal: 'install', path: '/dev/sda' }],
      ['run', { goal: 'shell', command: 'sh' }],
      ['exec', { program: '/bin/sh' }],
      ['__proto__', {}],
      ['constructor', {}],
      ['toString', {}],
      ['probe', { folder: '/etc' }],
      ['undo', { fingerprint: this.#hex(64) }],
      ['cancel', { now: true }],
      ['probe', []],
      ['probe', { room: { stage: '../../etc', partition: 'x', by: 1 } }],
      ['probe', { room: { stage: release, partition: '/dev/sda1', by: -1 } }],
    ] as const
    const [method, params] = this.#pick(odd)
    return {
      frame: JSON.stringify({ jsonrpc: '2.0', id: this.heardId(), method, params }),
      valid: false,
      deep: false,
    }
  }

  #one(agreed: { readonly probe: string; readonly fingerprint: string }) {
    const choices = {
      schema: 'berth/choices/1',
      bootSpace: Math.floor(this.#random() * 2 ** 33),
      bootPartitionType: this.#random() < 0.5 ? 'esp' : 'xbootldr',
    }
    const all = [
      { method: 'run', params: { ...agreed, goal: 'install', release, choices } },
      { method: 'run', params: { ...agreed, goal: 'confirm', defaultSystem: 'new' } },
      { method: 'run', params: { ...agreed, goal: 'switch', system: 'berth' } },
      { method: 'run', params: { ...agreed, goal: 'recover' } },
      { method: 'run', params: { ...agreed, goal: 'make-room' } },
      { method: 'run', params: { ...agreed, goal: 'clear-room' } },
      {
        method: 'run',
        params: { ...agreed, goal: 'repair', release: this.#random() < 0.5 ? release : null },
      },
      { method: 'undo', params: agreed },
    ]
    return this.#pick(all)
  }

  #agreed(probe: string, fingerprint: string) {
    return { probe, fingerprint }
  }

  #frame({ method, params }: { readonly method: string; readonly params: object }): Hostile {
    return {
      frame: JSON.stringify({ jsonrpc: '2.0', id: this.heardId(), method, params }),
      valid: true,
      deep: false,
    }
  }

  /** One digit of a right fingerprint changed. */
  #flipped({ fingerprints }: Known): string {
    const right = this.#pick(fingerprints)
    const at = Math.floor(this.#random() * right.length)
    const digit = hex.charAt((hex.indexOf(right.charAt(at)) + 1) % 16)
    return right.slice(0, at) + digit + right.slice(at + 1)
  }

  #damaged(frame: string): string {
    const at = Math.floor(this.#random() * frame.length)
    const draw = this.#random()
    const text =
      draw < 0.3
        ? frame.slice(0, at)
        : draw < 0.5
          ? `[${frame}]`
          : draw < 0.52
            ? frame.slice(0, -1) + `,"x":"${'y'.repeat(longest)}"}`
            : frame.slice(0, at) +
              this.#pick(['"', '{', '\\u0000', '\u202e', ',,', '1e999']) +
              frame.slice(at)
    return text.trim() === '' ? '{' : text
  }

  #hex(length: number): string {
    return Array.from({ length }, () => hex.charAt(Math.floor(this.#random() * 16))).join('')
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)] as T
  }
}
