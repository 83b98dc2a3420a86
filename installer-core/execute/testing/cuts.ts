import { appendTo, fork, make, type Change, type World } from './world.ts'

/** One state in which a cut may leave a PC. */
export interface Cut {
  /** Changes made before it. */
  readonly boundary: number
  /** Which of the sectors that were not flushed have arrived. */
  readonly arrived: string
  readonly world: World
  /** Cuts of one epoch are forks of the same flushed state. */
  readonly epoch: number
}

export interface CutOptions {
  /** Subsets tried at a boundary when there are too many to try all. */
  readonly samples: number
  readonly random: () => number
}

/** 512 bytes of a write that were not flushed yet: even a larger sector may be torn there. */
interface Pending {
  readonly disk: number
  readonly offset: number
  readonly data: Uint8Array
}

/** What has certainly arrived; `epoch` counts its changes. */
interface Flushed extends World {
  epoch: number
}

/** All subsets are tried while at most this many sectors are pending. */
const exhaustive = 10

/**
 * Every state a cut may leave: at each boundary between changes, everything arrived; and of the sectors written since
 * the last flush any subset (all of them, up to ten sectors; a seeded sample beyond). A journal record may be torn.
 * A state that an earlier boundary has had already is not repeated.
 */
export function* cutsOf(start: World, trace: readonly Change[], options: CutOptions): Generator<Cut> {
  const flushed: Flushed = { ...fork(start), epoch: 0 }
  let pending: Pending[] = []
  yield state(flushed, [], 0, 'all')
  for (const [index, change] of trace.entries()) {
    const boundary = index + 1
    if (change.kind === 'journal') yield tornJournal(flushed, pending, index, change, options)
    if (change.kind === 'write') {
      const fresh = chunksOf(change)
      const before = pending.filter((old) => !fresh.some((one) => isSamePlace(one, old)))
      yield* withFresh(flushed, before, fresh, boundary, options)
      pending = [...before, ...fresh]
    } else if (change.kind === 'flush') {
      flushed.epoch += 1
      for (const chunk of pending)
        if (chunk.disk === change.disk) flushed.disks[chunk.disk]!.write(chunk.offset, chunk.data)
      pending = pending.filter((chunk) => chunk.disk !== change.disk)
      yield state(flushed, pending, boundary, 'all')
    } else {
      flushed.epoch += 1
      make(flushed, change)
      yield* withFresh(flushed, pending, [], boundary, options)
    }
  }
}

/** The prefix, and subsets; after a write only those which hold some of the fresh sectors, the others were there before. */
function* withFresh(
  flushed: Flushed,
  before: readonly Pending[],
  fresh: readonly Pending[],
  boundary: number,
  { samples, random }: CutOptions,
): Generator<Cut> {
  const all = [...before, ...fresh]
  yield state(flushed, all, boundary, 'all')
  if (all.length === 0) return
  if (all.length <= exhaustive) {
    for (let bits = 0; bits < 2 ** all.length - 1; bits += 1) {
      const chosen = all.filter((_, i) => bits & (1 << i))
      if (fresh.length > 0 && !chosen.some((chunk) => fresh.includes(chunk))) continue
      yield state(flushed, chosen, boundary, bits.toString(2).padStart(all.length, '0'))
    }
    return
  }
  for (let n = 0; n < samples; n += 1) {
    const share = random()
    const chosen = all.filter(() => random() < share)
    yield state(flushed, shuffled(chosen, random), boundary, `sample ${n}: ${chosen.length}/${all.length}`)
  }
}

function state(flushed: Flushed, arrived: readonly Pending[], boundary: number, name: string): Cut {
  const world = fork(flushed)
  for (const chunk of arrived) world.disks[chunk.disk]!.write(chunk.offset, chunk.data)
  return { boundary, arrived: name, world, epoch: flushed.epoch }
}

function tornJournal(
  flushed: Flushed,
  pending: readonly Pending[],
  boundary: number,
  change: Extract<Change, { kind: 'journal' }>,
  { random }: CutOptions,
): Cut {
  const length = 1 + Math.floor(random() * (change.data.length - 1))
  const cut = state(flushed, pending, boundary, `journal record torn at ${length}`)
  appendTo(cut.world, change.run, change.data.subarray(0, length))
  return cut
}

function chunksOf({ disk, offset, data }: Extract<Change, { kind: 'write' }>): Pending[] {
  return Array.from({ length: data.length / 512 }, (_, i) => ({
    disk,
    offset: offset + i * 512,
    data: data.subarray(i * 512, (i + 1) * 512),
  }))
}

function isSamePlace(a: Pending, b: Pending): boolean {
  return a.disk === b.disk && a.offset === b.offset
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
