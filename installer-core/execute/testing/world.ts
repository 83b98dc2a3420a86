import { createHash } from 'node:crypto'
import { done, fail, ok } from '../../base/result.ts'
import type { RawDisk } from '../../adapters/disk-image/raw-disk.ts'
import { batchesOf } from '../../adapters/disk-image/sector-batch.ts'
import type { SectorBatch, SectorLog } from '../../adapters/disk-image/sector-log.ts'
import type { VariableFile } from '../../adapters/disk-image/variable-file.ts'
import type { JournalStore } from '../../ports/journal-store.ts'
import type { BytesAt } from './bytes-at.ts'
import type { CowDisk } from './cow-disk.ts'

/** Everything of a practice PC that survives a cut. */
export interface World {
  readonly disks: readonly CowDisk[]
  variables: Uint8Array
  log: readonly SectorBatch[]
  readonly journal: Map<string, Uint8Array>
}

/** One change, in the one order in which they were made. All but writes are durable when they return. */
export type Change =
  | { readonly kind: 'write'; readonly disk: number; readonly offset: number; readonly data: Uint8Array }
  | { readonly kind: 'flush'; readonly disk: number }
  | { readonly kind: 'variables'; readonly data: Uint8Array }
  | { readonly kind: 'log'; readonly batches: readonly SectorBatch[] }
  | { readonly kind: 'journal'; readonly run: string; readonly data: Uint8Array }

/** The parts that the disk-image adapter and the journal stand on. */
export interface Parts {
  readonly disks: readonly RawDisk[]
  readonly variables: VariableFile
  readonly log: SectorLog
  readonly journal: JournalStore
}

export function fork(world: World): World {
  return {
    disks: world.disks.map((disk) => disk.fork()),
    variables: world.variables,
    log: world.log,
    journal: new Map(world.journal),
  }
}

/** The same for two worlds exactly when everything beside their disks is the same. */
export function keyBesideDisks(world: World): string {
  const hash = createHash('sha1')
  hash.update(world.variables).update(`;${world.log.length};`)
  for (const [run, data] of world.journal) hash.update(`${run}:${data.length};`).update(data)
  return hash.digest('base64')
}

export function clone(world: World): World {
  return { ...fork(world), disks: world.disks.map((disk) => disk.clone()) }
}

/** Makes one change to a world. A write arrives at once. */
export function make(world: World, change: Change): void {
  if (change.kind === 'write') world.disks[change.disk]!.write(change.offset, change.data)
  if (change.kind === 'variables') world.variables = change.data
  if (change.kind === 'log') world.log = change.batches
  if (change.kind === 'journal') appendTo(world, change.run, change.data)
}

export function appendTo(world: World, run: string, data: Uint8Array): void {
  world.journal.set(run, Buffer.concat([world.journal.get(run) ?? new Uint8Array(), data]))
}

/** Parts that act on `world` and tell `note` every change. */
export function partsOf(world: World, note: (change: Change) => void = () => undefined): Parts {
  const act = (change: Change) => {
    note(change)
    make(world, change)
    return done
  }
  return {
    disks: world.disks.map((disk, index) => ({
      name: disk.name,
      sectorSize: disk.sectorSize,
      size: disk.size,
      read: (offset, length) => disk.read(offset, length),
      write: (offset, data) => act({ kind: 'write', disk: index, offset, data: data.slice() }),
      flush: () => act({ kind: 'flush', disk: index }),
      close: () => undefined,
    })),
    variables: {
      read: () => ok(world.variables.slice()),
      replace: (data) => act({ kind: 'variables', data: data.slice() }),
    },
    log: {
      append: (batch) => act({ kind: 'log', batches: [...world.log, copyBatch(batch)] }),
      readAll: () => ok(batchesOf(world.log)),
      clear: () => (world.log.length === 0 ? done : act({ kind: 'log', batches: [] })),
    },
    journal: journalOf(world, act),
  }
}

function copyBatch(batch: SectorBatch): SectorBatch {
  return batch.map((image) => ({ ...image, data: image.data.slice() }))
}

function journalOf(world: World, act: (change: Change) => typeof done): JournalStore {
  let locked = false
  return {
    runs: async () => ok([...world.journal.keys()].sort()),
    read: async (run) => ok(world.journal.get(run) ?? new Uint8Array()),
    append: async (run, data) => act({ kind: 'journal', run, data: data.slice() }),
    lock: async () => {
      if (locked) return fail('run-locked', { what: 'this process' })
      locked = true
      return ok(async () => {
        locked = false
      })
    },
  }
}

/** A disk for readers that know nothing of the product. */
export function bytesAt(disk: CowDisk): BytesAt {
  return {
    sectorSize: disk.sectorSize,
    size: disk.size,
    read: (offset, length) => {
      const found = disk.read(offset, length)
      return found.ok ? Buffer.from(found.value.buffer) : Buffer.alloc(length)
    },
  }
}
