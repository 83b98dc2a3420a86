import {
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  unlinkSync,
  type Stats,
} from 'node:fs'
import { join } from 'node:path'
import { bytes, type Bytes } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import type { FileEntry, FileTree } from '../../ports/file-tree.ts'
import type { Release } from '../../ports/platform.ts'
import { attempt } from '../disk-image/io-failure.ts'
import { flushFolder } from '../disk-image/variable-file.ts'
import { runCommand } from '../run-command.ts'
import { eraseFlushed, readFrom, writeFlushed } from './volume-file.ts'
import type { UnfinishedFiles } from './unfinished-files.ts'

/** A folder that shows a boot volume, and what goes with it. */
export interface FolderTreeParts {
  readonly folder: string
  readonly readOnly: boolean
  /** Remembers files that are not finished, so that a cut leaves nothing of unknown origin. */
  readonly unfinished: UnfinishedFiles
  /** Told after each change. */
  readonly onChange: () => void
  readonly release: Release
}

const largestFile = 0xffffffff

/**
 * A boot volume through the kernel's own file system. A new file lies under a name of Berth's until `sync`: only then,
 * written and flushed, it gets the name that it was created under. Nothing that is mounted below is entered, and no link
 * is followed.
 */
export class FolderTree implements FileTree {
  readonly #parts: FolderTreeParts
  /** By the path that a file shall have, in lower case as FAT compares: its name until then. */
  readonly #pending = new Map<string, { readonly path: string; readonly staged: string }>()
  #count = 0

  constructor(parts: FolderTreeParts) {
    this.#parts = parts
  }

  async list(folder: string): Promise<Result<readonly FileEntry[]>> {
    return attempt('list', folder, () => {
      const names = readdirSync(this.#real(folder))
      const staged = [...this.#pending.values()]
      const shown = names.flatMap((name) => {
        const path = `${folder === '/' ? '' : folder}/${name}`
        const pending = staged.find((one) => one.staged === path)
        const entry = this.#entry(path, pending === undefined ? name : baseOf(pending.path))
        return entry === null ? [] : [entry]
      })
      return ok(shown)
    })
  }

  async stat(path: string): Promise<Result<FileEntry | null>> {
    if (path === '/') return ok({ name: '', kind: 'folder', size: bytes(0) })
    return attempt('stat', path, () => {
      const pending = this.#pending.get(path.toLowerCase())
      return ok(this.#entry(pending?.staged ?? path, baseOf(pending?.path ?? path)))
    })
  }

  async openRead(path: string): Promise<Result<ByteSource>> {
    const pending = this.#pending.get(path.toLowerCase())
    return readFrom(this.#real(pending?.staged ?? path))
  }

  async create(path: string, source: ByteSource): Promise<Result<void>> {
    const allowed = await this.#requireNew(path, source.size)
    if (!allowed.ok) return allowed
    const staged = `${folderOf(path)}/berth-${process.pid}-${(this.#count += 1)}.new`
    const noted = this.#parts.unfinished.add(staged)
    if (!noted.ok) return noted
    const written = await writeFlushed(this.#real(staged), source)
    if (!written.ok) {
      rmSync(this.#real(staged), { force: true })
      const isFull = written.failure.code === 'no-space'
      return isFull ? this.#noSpace(path, source.size) : written
    }
    this.#parts.onChange()
    this.#pending.set(path.toLowerCase(), { path, staged })
    return done
  }

  async rename(from: string, to: string): Promise<Result<void>> {
    const allowed = await this.#requireFree(to)
    if (!allowed.ok) return allowed
    const pending = this.#pending.get(from.toLowerCase())
    if (pending === undefined)
      return this.#change('rename', from, () => renameSync(this.#real(from), this.#real(to)))
    this.#pending.delete(from.toLowerCase())
    this.#pending.set(to.toLowerCase(), { path: to, staged: pending.staged })
    return done
  }

  async erase(path: string): Promise<Result<void>> {
    if (this.#parts.readOnly) return fail('read-only', { what: path, where: 'boot volume' })
    const pending = this.#pending.get(path.toLowerCase())
    const erased = eraseFlushed(this.#real(pending?.staged ?? path))
    if (erased.ok) this.#parts.onChange()
    return erased
  }

  async remove(path: string): Promise<Result<void>> {
    const pending = this.#pending.get(path.toLowerCase())
    this.#pending.delete(path.toLowerCase())
    return this.#change('remove', path, () => {
      const real = this.#real(pending?.staged ?? path)
      if (lstatSync(real).isDirectory()) rmdirSync(real)
      else unlinkSync(real)
    })
  }

  async makeFolder(path: string): Promise<Result<void>> {
    const there = await this.stat(path)
    if (!there.ok) return there
    if (there.value?.kind === 'folder') return done
    if (there.value !== null) return fail('already-exists', { what: 'make folder', where: path })
    return this.#change('make folder', path, () => mkdirSync(this.#real(path)))
  }

  async free(): Promise<Result<Bytes>> {
    return attempt('count free space', '/', () => {
      const { bavail, bsize } = statfsSync(this.#parts.folder)
      return ok(bytes(bavail * bsize))
    })
  }

  /**
   * The data is on the disk since `create`; now the names. `sync -f` writes out the whole file system, and the fsync
   * after it makes the disk empty its cache, which FAT's own syncing does not ask for.
   */
  async sync(): Promise<Result<void>> {
    if (this.#parts.readOnly) return done
    for (const [key, { path, staged }] of this.#pending) {
      const named = this.#change('rename', path, () => renameSync(this.#real(staged), this.#real(path)))
      if (!named.ok) return named
      this.#pending.delete(key)
    }
    const written = await runCommand({
      program: 'sync',
      args: ['-f', this.#parts.folder],
      timeoutMs: 600_000,
    })
    if (!written.ok) return written
    const flushed = attempt('flush', '/', () => {
      flushFolder(this.#parts.folder)
      this.#parts.onChange()
      return done
    })
    return flushed.ok ? this.#parts.unfinished.clear() : flushed
  }

  async close(): Promise<Result<void>> {
    for (const { staged } of this.#pending.values()) rmSync(this.#real(staged), { force: true })
    const cleared = this.#pending.size > 0 ? this.#parts.unfinished.clear() : done
    this.#pending.clear()
    await this.#parts.release()
    return cleared
  }

  async #requireNew(path: string, size: number): Promise<Result<void>> {
    const free = await this.#requireFree(path)
    if (!free.ok) return free
    if (size > largestFile)
      return fail('too-large', { what: 'create', where: path, required: largestFile, found: size })
    const room = await this.free()
    if (!room.ok) return room
    return this.#roundUp(size) <= room.value ? done : this.#noSpace(path, size)
  }

  async #requireFree(path: string): Promise<Result<void>> {
    if (this.#parts.readOnly) return fail('read-only', { what: path, where: 'boot volume' })
    const there = await this.stat(path)
    if (!there.ok) return there
    return there.value === null ? done : fail('already-exists', { what: 'create', where: path })
  }

  async #noSpace(path: string, size: number): Promise<Result<void>> {
    const room = await this.free()
    return fail('no-space', {
      where: path,
      required: this.#roundUp(size),
      found: room.ok ? room.value : null,
    })
  }

  #change(what: string, where: string, work: () => void): Result<void> {
    if (this.#parts.readOnly) return fail('read-only', { what: where, where: 'boot volume' })
    return attempt(what, where, () => {
      work()
      this.#parts.onChange()
      return done
    })
  }

  /** Null for what is not there, for a link, and for a folder that something else is mounted on. */
  #entry(path: string, name: string): FileEntry | null {
    const stats = this.#stats(path)
    if (stats === null || !(stats.isFile() || stats.isDirectory())) return null
    const isFolder = stats.isDirectory()
    return { name, kind: isFolder ? 'folder' : 'file', size: bytes(isFolder ? 0 : stats.size) }
  }

  #stats(path: string): Stats | null {
    const stats = lstatSync(this.#real(path), { throwIfNoEntry: false })
    return stats === undefined || stats.dev !== lstatSync(this.#parts.folder).dev ? null : stats
  }

  #real(path: string): string {
    if (path.split('/').includes('..')) throw new RangeError(`a path that leads upwards: ${path}`)
    return join(this.#parts.folder, path)
  }

  #roundUp(size: number): number {
    const { bsize } = statfsSync(this.#parts.folder)
    return Math.max(1, Math.ceil(size / bsize)) * bsize
  }
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}
