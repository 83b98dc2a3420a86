import { shellFrames } from '../shared/frames.ts'
import { parseFrame, type JsonFrame } from './json-frame.ts'

export interface Engine {
  readonly running: boolean
  start(): void
  send(frame: string): void
}

/**
 * Joins the page to the engine. A page that was reloaded counts its requests anew while the engine still answers the old
 * ones, so each connection's ids travel with the connection's number, and answers to an earlier one are dropped.
 */
export class Connection {
  readonly #engine: Engine
  readonly #toPage: (frame: string) => void
  readonly #heard: (frame: JsonFrame) => void
  #number = 0
  #open = false

  /** `heard`: told of each frame of the engine's, whoever it is for. */
  constructor(engine: Engine, toPage: (frame: string) => void, heard: (frame: JsonFrame) => void) {
    this.#engine = engine
    this.#toPage = toPage
    this.#heard = heard
  }

  /** A text from the page. What is no frame is dropped, as is any frame before `shell.open`. */
  fromPage(text: unknown): void {
    const frame = parseFrame(text)
    if (frame === null) return
    if (frame.method === 'shell.open') return this.#openAnew()
    if (!this.#open || frame.method?.startsWith('shell.') === true) return
    const id = frame.id === undefined ? {} : { id: `${this.#number}/${JSON.stringify(frame.id)}` }
    this.#engine.send(JSON.stringify({ ...frame, ...id }))
  }

  /** A request of the shell's own; its answer goes nowhere. */
  ask(method: string, params: unknown): void {
    this.#engine.send(JSON.stringify({ jsonrpc: '2.0', id: 'shell', method, params }))
  }

  fromEngine(text: string): void {
    const frame = parseFrame(text)
    if (frame === null) return
    this.#heard(frame)
    if (!this.#open) return
    if (frame.id === undefined || frame.id === null) return this.#toPage(text)
    const [, number, id] = /^(\d+)\/(.*)$/s.exec(String(frame.id)) ?? []
    if (id === undefined || Number(number) !== this.#number) return
    this.#toPage(JSON.stringify({ ...frame, id: JSON.parse(id) as unknown }))
  }

  engineEnded(): void {
    if (!this.#open) return
    this.#open = false
    this.#toPage(shellFrames.closed)
  }

  #openAnew(): void {
    this.#number += 1
    this.#engine.start()
    this.#open = true
    this.#toPage(shellFrames.opened)
  }
}
