import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync, utimesSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { GiB } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import { attempt } from '../disk-image/io-failure.ts'
import { openVariableFile } from '../disk-image/variable-file.ts'
import { readSmallFile } from '../release-folder/open-file.ts'

/** What a catalogue's files may take in all when nothing else was said. */
const usualLimit = 24 * GiB

/** `BERTH_CACHE_LIMIT` in bytes, else 24 GiB. */
export function cacheLimit(): number {
  const own = Number(process.env['BERTH_CACHE_LIMIT'])
  return Number.isSafeInteger(own) && own > 0 ? own : usualLimit
}

/** Something that must be there: found by its hash, whatever it is called elsewhere. */
export interface Content {
  readonly sha256: string
  readonly size: number
}

interface Stored {
  readonly path: string
  readonly sha256: string
  readonly size: number
  readonly used: number
}

/**
 * Files by their SHA-256 in one folder. No name comes from outside but 64 hexadecimal digits, so nothing can be written
 * anywhere else. What was not used for longest goes first when there is no more room.
 */
export class ContentStore {
  readonly #folder: string
  readonly #limit: number

  constructor(folder: string, limit = cacheLimit()) {
    this.#folder = folder
    this.#limit = limit
  }

  /** Where the content lies or would lie. */
  pathOf({ sha256 }: Pick<Content, 'sha256'>): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('not a SHA-256')
    return join(this.#folder, sha256)
  }

  /** Where it grows while it is being fetched. */
  partOf(content: Pick<Content, 'sha256'>): string {
    return `${this.pathOf(content)}.part`
  }

  /** True when all of it is there. Its bytes are compared when they are read. */
  has(content: Content): boolean {
    const stats = statSync(this.pathOf(content), { throwIfNoEntry: false })
    return stats !== undefined && stats.isFile() && stats.size === content.size
  }

  /** Bytes that would have to be fetched for these. */
  missing(contents: readonly Content[]): number {
    return contents.filter((one) => !this.has(one)).reduce((sum, { size }) => sum + size, 0)
  }

  /** A small content whole; `not-found` when it is not there or damaged. */
  async read(content: Content): Promise<Result<Uint8Array>> {
    if (!this.has(content)) return fail('not-found', { what: content.sha256 })
    const data = await readSmallFile(this.pathOf(content), content.size)
    if (!data.ok) return data
    if (createHash('sha256').update(data.value).digest('hex') === content.sha256) return data
    this.remove(content)
    return fail('not-found', { what: content.sha256 })
  }

  /** Keeps a small content that was checked. */
  put(content: Content, data: Uint8Array): Result<void> {
    return attempt('write', this.#folder, () => {
      this.make()
      return openVariableFile(this.pathOf(content)).replace(data)
    })
  }

  remove(content: Pick<Content, 'sha256'>): void {
    rmSync(this.pathOf(content), { force: true })
  }

  make(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
  }

  /** Says that these are in use: they go last. */
  touch(contents: readonly Content[]): void {
    const now = new Date()
    for (const content of contents) if (this.has(content)) utimesSync(this.pathOf(content), now, now)
  }

  /**
   * Makes room for what is missing of `contents`, never by taking one of them. `no-space` when they alone are more than
   * the store may hold, or more than the disk has free.
   */
  ensureRoom(contents: readonly Content[]): Result<void> {
    return attempt('write', this.#folder, () => {
      this.make()
      const all = contents.reduce((sum, { size }) => sum + size, 0)
      if (all > this.#limit)
        return fail('no-space', { where: this.#folder, required: all, found: this.#limit })
      this.#drop(this.#limit - all, new Set(contents.map(({ sha256 }) => sha256)))
      const { bavail, bsize } = statfsSync(this.#folder)
      const missing = this.missing(contents) - this.#partBytes(contents)
      if (missing <= bavail * bsize) return done
      return fail('no-space', { where: this.#folder, required: missing, found: bavail * bsize })
    })
  }

  /** Removes what was not used for longest until the others take at most `room` bytes. */
  #drop(room: number, kept: ReadonlySet<string>): void {
    const others = this.#list().filter(({ sha256 }) => !kept.has(sha256))
    let taken = others.reduce((sum, { size }) => sum + size, 0)
    for (const one of others.sort((a, b) => a.used - b.used)) {
      if (taken <= room) return
      rmSync(one.path, { force: true })
      taken -= one.size
    }
  }

  /** What the disk gave already to files that are being fetched. */
  #partBytes(contents: readonly Content[]): number {
    return contents
      .filter((one) => !this.has(one))
      .map((one) => statSync(this.partOf(one), { throwIfNoEntry: false }))
      .reduce((sum, stats) => sum + (stats?.blocks ?? 0) * 512, 0)
  }

  #list(): Stored[] {
    if (!existsSync(this.#folder)) return []
    return readdirSync(this.#folder).flatMap((name) => {
      const match = /^([0-9a-f]{64})(\.part)?$/.exec(name)
      const path = join(this.#folder, name)
      const stats = statSync(path, { throwIfNoEntry: false })
      if (match?.[1] === undefined || stats === undefined || !stats.isFile()) return []
      return [{ path, sha256: match[1], size: stats.size, used: stats.mtimeMs }]
    })
  }
}

/** A content that was read whole from somewhere: its bytes when they are the right ones. */
export function checkContent(what: string, content: Content, data: Uint8Array): Result<Uint8Array> {
  if (data.length < content.size)
    return fail('source-cut-short', { what, required: content.size, found: data.length })
  const found = createHash('sha256').update(data).digest('hex')
  return found === content.sha256
    ? ok(data)
    : fail('catalogue-altered', { what, required: content.sha256, found })
}
