import { bytes } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import type { FileEntry, FileTree } from '../../ports/file-tree.ts'
import { sourceOf } from '../byte-sources.ts'

/** A boot volume in a map; names keep their case and compare without it. */
export class MemoryTree implements FileTree {
  readonly #entries = new Map<string, { readonly path: string; readonly data: Buffer | null }>()
  readonly calls: string[] = []
  room = 1 << 20

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) {
      path
        .split('/')
        .slice(1, -1)
        .forEach((_, depth, names) => this.#set(`/${names.slice(0, depth + 1).join('/')}`, null))
      this.put(path, text)
    }
  }

  put(path: string, text: string): void {
    this.#set(path, Buffer.from(text))
  }

  text(path: string): string | null {
    return this.#get(path)?.data?.toString() ?? null
  }

  paths(): string[] {
    return [...this.#entries.values()].map(({ path }) => path).sort()
  }

  async list(folder: string): Promise<Result<readonly FileEntry[]>> {
    this.calls.push(`list ${folder}`)
    const inside = `${folder === '/' ? '' : folder.toLowerCase()}/`
    const names = [...this.#entries].filter(
      ([key]) => key.startsWith(inside) && !key.slice(inside.length).includes('/'),
    )
    return ok(names.map(([, entry]) => entryOf(entry)))
  }

  async stat(path: string): Promise<Result<FileEntry | null>> {
    this.calls.push(`stat ${path}`)
    const found = this.#get(path)
    return ok(found === undefined ? null : entryOf(found))
  }

  async openRead(path: string): Promise<Result<ByteSource>> {
    const data = this.#get(path)?.data
    return data ? ok(sourceOf(data)) : fail('not-found', { what: path })
  }

  async create(path: string, source: ByteSource): Promise<Result<void>> {
    this.calls.push(`create ${path}`)
    if (this.#get(path)) return fail('already-exists', { what: path })
    const parts: Uint8Array[] = []
    for (;;) {
      const part = await source.next()
      if (!part.ok) return part
      if (part.value === null) break
      parts.push(part.value.slice())
    }
    this.#set(path, Buffer.concat(parts))
    return done
  }

  async rename(from: string, to: string): Promise<Result<void>> {
    this.calls.push(`rename ${from} ${to}`)
    const found = this.#get(from)
    if (found === undefined) return fail('not-found', { what: from })
    if (this.#get(to)) return fail('already-exists', { what: to })
    this.#entries.delete(from.toLowerCase())
    this.#set(to, found.data)
    return done
  }

  async erase(path: string): Promise<Result<void>> {
    this.calls.push(`erase ${path}`)
    const data = this.#get(path)?.data
    if (!data) return fail('not-found', { what: path })
    data.fill(0)
    return done
  }

  async remove(path: string): Promise<Result<void>> {
    this.calls.push(`remove ${path}`)
    return this.#entries.delete(path.toLowerCase()) ? done : fail('not-found', { what: path })
  }

  async makeFolder(path: string): Promise<Result<void>> {
    this.calls.push(`makeFolder ${path}`)
    this.#set(path, null)
    return done
  }

  async free() {
    this.calls.push('free')
    return ok(bytes(this.room))
  }

  async sync(): Promise<Result<void>> {
    this.calls.push('sync')
    return done
  }

  async close(): Promise<Result<void>> {
    return done
  }

  #get(path: string) {
    return this.#entries.get(path.toLowerCase())
  }

  #set(path: string, data: Buffer | null): void {
    this.#entries.set(path.toLowerCase(), { path, data })
  }
}

function entryOf({ path, data }: { path: string; data: Buffer | null }): FileEntry {
  return {
    name: path.slice(path.lastIndexOf('/') + 1),
    kind: data === null ? 'folder' : 'file',
    size: bytes(data?.length ?? 0),
  }
}
