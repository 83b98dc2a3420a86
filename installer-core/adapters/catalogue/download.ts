import { createHash } from 'node:crypto'
import { constants, existsSync, mkdirSync } from 'node:fs'
import { open, rename, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Failure } from '../../base/failure.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import { pieceSize, type CatalogueFile } from '../../model/catalogue.ts'
import { ioFailure } from '../disk-image/io-failure.ts'
import { flushFolder } from '../disk-image/variable-file.ts'
import type { CatalogueSource } from './catalogue-source.ts'
import type { ContentStore } from './content-store.ts'

/** Pieces fetched at the same time, and with that the memory a download takes: so many times 4 MiB. */
const usualParallel = 4
/** A mirror that fails so often in a row is left alone. */
const mostFailures = 3
const pauseMs = 200
const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0

interface Mirror {
  readonly source: CatalogueSource
  failures: number
}

/**
 * Fetches one file into the store, from several mirrors and in several pieces at once. Every piece is compared with the
 * catalogue before it is kept, so what an earlier attempt left is believed piece by piece and not fetched again. A mirror
 * that sends a wrong piece, too much, or somewhere else is not asked again; one that breaks off is, a few times.
 */
export class Download {
  readonly #file: CatalogueFile
  readonly #path: string
  readonly #mirrors: Mirror[]
  readonly #store: ContentStore
  readonly #part: FileHandle
  readonly #before: number
  readonly #stopping = new AbortController()
  readonly #done: boolean[]
  #next = 0
  #failure: Failure | null = null
  #wake: (() => void)[] = []
  readonly #working: Promise<void>

  private constructor(
    store: ContentStore,
    file: CatalogueFile,
    path: string,
    sources: readonly CatalogueSource[],
    part: { readonly handle: FileHandle; readonly size: number },
    parallel: number,
  ) {
    this.#store = store
    this.#file = file
    this.#path = path
    this.#mirrors = sources.map((source) => ({ source, failures: 0 }))
    this.#part = part.handle
    this.#before = part.size
    this.#done = file.pieces.map(() => false)
    const workers = Array.from({ length: Math.min(parallel, file.pieces.length) }, (_, i) => this.#work(i))
    this.#working = Promise.all(workers).then(() => undefined)
  }

  /** Begins to fetch; `path` is where the sources have the file. */
  static async begin(
    store: ContentStore,
    file: CatalogueFile,
    path: string,
    sources: readonly CatalogueSource[],
    parallel = usualParallel,
  ): Promise<Result<Download>> {
    const part = await openPart(store.partOf(file), file.size)
    return part.ok ? ok(new Download(store, file, path, sources, part.value, parallel)) : part
  }

  /** Piece `index` once it is here and checked; the failure that ended the download otherwise. */
  async piece(index: number): Promise<Result<Uint8Array>> {
    while (this.#done[index] !== true && this.#failure === null)
      await new Promise<void>((resolve) => this.#wake.push(resolve))
    if (this.#done[index] !== true && this.#failure !== null) return { ok: false, failure: this.#failure }
    return this.#readPart(index)
  }

  /** Puts the file in its place, when all of it is here. */
  async finish(): Promise<Result<void>> {
    await this.#working
    const place = this.#store.pathOf(this.#file)
    try {
      await this.#part.sync()
      await this.#part.close()
      await rename(this.#store.partOf(this.#file), place)
      flushFolder(dirname(place))
      return done
    } catch (error) {
      // Another process may have fetched the same file and put it there.
      return existsSync(place) ? done : ioFailure(error, 'write', place)
    }
  }

  /** Stops; what is here stays for the next attempt. */
  async stop(): Promise<void> {
    this.#failure ??= { code: 'cancelled', facts: { what: this.#file.source } }
    this.#stopping.abort()
    await this.#working
    await this.#part.close().catch(() => undefined)
  }

  async #work(worker: number): Promise<void> {
    for (let turn = worker; this.#failure === null; turn += 1) {
      const index = this.#next < this.#done.length ? this.#next++ : null
      if (index === null) return
      if (!(await this.#isHereAlready(index))) await this.#fetch(index, turn)
    }
  }

  async #isHereAlready(index: number): Promise<boolean> {
    if (index * pieceSize + this.#length(index) > this.#before) return false
    const data = await this.#readPart(index)
    if (!data.ok || !this.#isRight(index, data.value)) return false
    this.#tell(index)
    return true
  }

  async #fetch(index: number, turn: number): Promise<void> {
    for (let last: Failure | null = null; ;) {
      if (this.#failure !== null) return
      const usable = this.#mirrors.filter(({ failures }) => failures < mostFailures)
      const mirror = usable[turn++ % Math.max(1, usable.length)]
      if (mirror === undefined) return this.#end(last ?? { code: 'source-unreachable', facts: {} })
      const result = await this.#fetchFrom(mirror.source, index)
      if (result.ok) {
        mirror.failures = 0
        const kept = await this.#keep(index, result.value)
        return kept.ok ? this.#tell(index) : this.#end(kept.failure)
      }
      last = result.failure
      mirror.failures = isPassing(last) ? mirror.failures + 1 : mostFailures
      if (mirror.failures < mostFailures) await pause(pauseMs * mirror.failures)
    }
  }

  async #fetchFrom(source: CatalogueSource, index: number): Promise<Result<Uint8Array>> {
    const length = this.#length(index)
    const start = index * pieceSize
    const data = await source.readRange(this.#path, start, length, this.#stopping.signal)
    if (!data.ok || this.#isRight(index, data.value)) return data
    return fail('release-altered', { what: this.#file.source, where: source.name })
  }

  async #keep(index: number, data: Uint8Array): Promise<Result<void>> {
    try {
      for (let at = 0; at < data.length;)
        at += (await this.#part.write(data, at, data.length - at, index * pieceSize + at)).bytesWritten
      return done
    } catch (error) {
      return ioFailure(error, 'write', this.#store.partOf(this.#file))
    }
  }

  async #readPart(index: number): Promise<Result<Uint8Array>> {
    const data = new Uint8Array(this.#length(index))
    try {
      for (let at = 0; at < data.length;) {
        const { bytesRead } = await this.#part.read(data, at, data.length - at, index * pieceSize + at)
        if (bytesRead === 0) return fail('release-incomplete', { what: this.#file.source })
        at += bytesRead
      }
      return ok(data)
    } catch (error) {
      return ioFailure(error, 'read', this.#store.partOf(this.#file))
    }
  }

  #isRight(index: number, data: Uint8Array): boolean {
    return createHash('sha256').update(data).digest('hex') === this.#file.pieces[index]
  }

  #length(index: number): number {
    return Math.min(pieceSize, this.#file.size - index * pieceSize)
  }

  #tell(index: number): void {
    this.#done[index] = true
    this.#wakeAll()
  }

  #end(failure: Failure): void {
    this.#failure ??= failure
    this.#stopping.abort()
    this.#wakeAll()
  }

  #wakeAll(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const wake of waiting) wake()
  }
}

/** Failures that another attempt may not meet; the others say that a source is not to be trusted or has nothing. */
function isPassing({ code }: Failure): boolean {
  return code === 'source-unreachable' || code === 'source-cut-short' || code === 'io-failed'
}

async function openPart(path: string, size: number): Promise<Result<{ handle: FileHandle; size: number }>> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT | noFollow, 0o600)
    const stats = await handle.stat()
    if (stats.size > size) await handle.truncate(size)
    return ok({ handle, size: Math.min(stats.size, size) })
  } catch (error) {
    return ioFailure(error, 'write', path)
  }
}
