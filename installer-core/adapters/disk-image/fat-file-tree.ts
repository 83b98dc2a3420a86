import {
  AM_DIR,
  FA_CREATE_NEW,
  FA_READ,
  FA_WRITE,
  FR_DENIED,
  FR_EXIST,
  FR_NO_FILE,
  FR_NO_PATH,
  FR_OK,
  sizeof_DIR,
  sizeof_FATFS,
  sizeof_FILINFO,
  type FatFs,
} from 'js-fatfs'
import { bytes, type Bytes } from '../../base/bytes.ts'
import { done, fail, ok, type Err, type Result } from '../../base/result.ts'
import type { ByteSource } from '../../ports/byte-source.ts'
import type { FileEntry, FileTree } from '../../ports/file-tree.ts'
import { FatDiskIo } from './fat-disk-io.ts'
import { fatFailure } from './fat-failure.ts'
import { openFatFile, type FatFile, type FatMemory } from './fat-file.ts'
import { createFatFs } from './fat-module.ts'
import { FatSectors, type FatPlace } from './fat-sectors.ts'

/** Opens a FAT12, FAT16 or FAT32 volume. `malformed` when it is none. Changes appear on the disk with `sync` only. */
export async function openFatTree(place: FatPlace): Promise<Result<FileTree>> {
  const sectors = new FatSectors(place)
  const io = new FatDiskIo(sectors)
  const ff = await createFatFs(io)
  const volume = ff.malloc(sizeof_FATFS)
  const code = ff.f_mount(volume, '', 1)
  if (code !== FR_OK) return fatFailure(code, 'mount', place.disk.name, io.failure)
  return ok(new FatFileTree(sectors, io, ff))
}

class FatFileTree implements FileTree {
  readonly #sectors: FatSectors
  readonly #io: FatDiskIo
  readonly #ff: FatFs
  readonly #memory: FatMemory
  readonly #info: number
  readonly #count: number
  #removed = false

  constructor(sectors: FatSectors, io: FatDiskIo, ff: FatFs) {
    this.#sectors = sectors
    this.#io = io
    this.#ff = ff
    this.#info = ff.malloc(sizeof_FILINFO)
    this.#count = ff.malloc(8)
    this.#memory = { ff, io }
  }

  async list(folder: string): Promise<Result<readonly FileEntry[]>> {
    const ff = this.#ff
    const handle = ff.malloc(sizeof_DIR)
    try {
      const opened = ff.f_opendir(handle, folder)
      if (opened !== FR_OK) return this.#failed(opened, 'list', folder)
      const entries: FileEntry[] = []
      for (;;) {
        const code = ff.f_readdir(handle, this.#info)
        if (code !== FR_OK) return this.#failed(code, 'list', folder)
        if (ff.FILINFO_fname(this.#info) === '') break
        entries.push(this.#entry())
      }
      ff.f_closedir(handle)
      return ok(entries)
    } finally {
      ff.free(handle)
    }
  }

  async stat(path: string): Promise<Result<FileEntry | null>> {
    if (path === '/') return ok({ name: '', kind: 'folder', size: bytes(0) })
    const code = this.#ff.f_stat(path, this.#info)
    if (code === FR_NO_FILE || code === FR_NO_PATH) return ok(null)
    return code === FR_OK ? ok(this.#entry()) : this.#failed(code, 'stat', path)
  }

  async openRead(path: string): Promise<Result<ByteSource>> {
    const file = openFatFile(this.#memory, path, FA_READ)
    if (!file.ok) return file
    return ok({
      size: file.value.size,
      next: async () => file.value.read(),
      close: async () => {
        file.value.close()
      },
    })
  }

  async create(path: string, source: ByteSource): Promise<Result<void>> {
    const settled = this.#settleRemovals()
    if (!settled.ok) return settled
    const room = await this.#requireRoom(path, source.size)
    if (!room.ok) return room
    const file = openFatFile(this.#memory, path, FA_WRITE | FA_CREATE_NEW)
    if (!file.ok) return file.failure.code === 'not-permitted' ? this.#noSpace(path, source.size) : file
    const copied = await this.#copy(path, source, file.value)
    const closed = file.value.close()
    const result = copied.ok ? closed : copied
    if (!result.ok) this.#ff.f_unlink(path)
    return result
  }

  async rename(from: string, to: string): Promise<Result<void>> {
    const code = this.#ff.f_rename(from, to)
    return code === FR_OK ? done : this.#failed(code, 'rename', code === FR_EXIST ? to : from)
  }

  async erase(path: string): Promise<Result<void>> {
    const file = openFatFile(this.#memory, path, FA_WRITE)
    if (!file.ok) return file
    const written = file.value.write(new Uint8Array(file.value.size))
    const closed = file.value.close()
    return written.ok ? closed : written
  }

  async remove(path: string): Promise<Result<void>> {
    const code = this.#ff.f_unlink(path)
    if (code !== FR_OK) return this.#failed(code, 'remove', path)
    this.#removed = true
    return done
  }

  async makeFolder(path: string): Promise<Result<void>> {
    const settled = this.#settleRemovals()
    if (!settled.ok) return settled
    const code = this.#ff.f_mkdir(path)
    if (code === FR_DENIED) return this.#noSpace(path, 0)
    if (code !== FR_EXIST) return code === FR_OK ? done : this.#failed(code, 'make folder', path)
    const there = await this.stat(path)
    if (!there.ok) return there
    return there.value?.kind === 'folder' ? done : this.#failed(code, 'make folder', path)
  }

  async free(): Promise<Result<Bytes>> {
    const code = this.#ff.f_getfree('', this.#count, this.#count + 4)
    if (code !== FR_OK) return this.#failed(code, 'count free space', '/')
    return ok(bytes((this.#ff.getValue(this.#count, 'i32') >>> 0) * this.#clusterBytes))
  }

  async sync(): Promise<Result<void>> {
    const committed = this.#sectors.commit()
    if (committed.ok) this.#removed = false
    return committed
  }

  async close(): Promise<Result<void>> {
    this.#ff.f_unmount('')
    return done
  }

  get #clusterBytes(): number {
    const { sectorSize, sectorsPerCluster } = this.#sectors.geometry
    return sectorSize * sectorsPerCluster
  }

  /** Clusters of a removed file still belong to it on the disk; nothing may be written there before the disk knows. */
  #settleRemovals(): Result<void> {
    if (!this.#removed) return done
    const committed = this.#sectors.commit()
    if (committed.ok) this.#removed = false
    return committed
  }

  async #copy(path: string, source: ByteSource, file: FatFile): Promise<Result<void>> {
    for (let total = 0; ;) {
      const piece = await source.next()
      if (!piece.ok) return piece
      if (piece.value === null)
        return total === source.size
          ? done
          : fail('short-write', { what: 'read', where: path, required: source.size, found: total })
      total += piece.value.length
      const written = file.write(piece.value)
      if (!written.ok) return written
      if (written.value < piece.value.length) return this.#noSpace(path, source.size)
    }
  }

  async #requireRoom(path: string, size: number): Promise<Result<void>> {
    if (size > 0xffffffff)
      return fail('too-large', { what: 'create', where: path, required: 0xffffffff, found: size })
    const free = await this.free()
    if (!free.ok) return free
    return this.#roundUp(size) <= free.value ? done : this.#noSpace(path, size)
  }

  async #noSpace(path: string, size: number): Promise<Err> {
    const free = await this.free()
    if (!free.ok) return free
    return fail('no-space', { where: path, required: this.#roundUp(size), found: free.value })
  }

  #roundUp(size: number): number {
    return Math.max(1, Math.ceil(size / this.#clusterBytes)) * this.#clusterBytes
  }

  #entry(): FileEntry {
    const isFolder = (this.#ff.FILINFO_fattrib(this.#info) & AM_DIR) !== 0
    return {
      name: this.#ff.FILINFO_fname(this.#info),
      kind: isFolder ? 'folder' : 'file',
      size: bytes(isFolder ? 0 : this.#ff.FILINFO_fsize(this.#info)),
    }
  }

  #failed(code: number, what: string, where: string): Err {
    return fatFailure(code, what, where, this.#io.failure)
  }
}
