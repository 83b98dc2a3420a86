import type { Result } from '../../base/result.ts'
import { ByteView, parseWith, type Work } from '../../formats/byte-view.ts'

/** A stretch of clusters; `start` is null for a hole. */
export interface Run {
  readonly start: number | null
  readonly length: number
}

export interface NtfsAttribute {
  readonly type: number
  /** '' for the unnamed one; as stored, for comparing only. */
  readonly name: string
  /** Compressed or encrypted: its clusters do not hold its bytes. */
  readonly encoded: boolean
  /** The bytes when they lie in the record itself; null when they lie in `runs`. */
  readonly value: Uint8Array | null
  /** First virtual cluster that `runs` covers. */
  readonly firstCluster: number
  readonly runs: readonly Run[]
  /** Length of the content, and how much of it was ever written, in bytes. */
  readonly size: number
  readonly written: number
}

export interface NtfsRecord {
  readonly sequence: number
  readonly inUse: boolean
  readonly attributes: readonly NtfsAttribute[]
}

const stride = 512
const attributeLimit = 256
const runLimit = 65_536
const endOfAttributes = 0xffffffff

/** Reads one record of the MFT: its mark, its update sequence, every attribute. */
export function parseNtfsRecord(data: Uint8Array, work?: Work): Result<NtfsRecord> {
  return parseWith('ntfs', data, (view) => readRecord(fixUp(view, 'FILE')), work)
}

/**
 * Checks a multi-sector record's mark and update sequence and puts the sectors' last two bytes back: a difference means
 * that the record was only half written.
 */
export function fixUp(view: ByteView, mark: string): ByteView {
  const found = String.fromCharCode(...view.bytes(0, 4, 'mark'))
  view.require(found === mark, 'mark', 0, mark, JSON.stringify(found))
  const offset = view.u16(4, 'updateSequenceOffset')
  const count = view.u16(6, 'updateSequenceCount')
  const fits = (count - 1) * stride === view.length && offset % 2 === 0 && offset + 2 * count <= stride - 2
  view.require(fits, 'updateSequenceCount', 6, view.length / stride + 1, count)
  const copy = view.bytes(0, view.length, 'record')
  for (let i = 1; i < count; i += 1) {
    const end = i * stride - 2
    const same = view.u16(end, 'updateSequence') === view.u16(offset, 'updateSequence')
    view.require(
      same,
      'updateSequence',
      end,
      view.u16(offset, 'updateSequence'),
      view.u16(end, 'updateSequence'),
    )
    copy.set(view.bytes(offset + 2 * i, 2, 'updateSequence'), end)
  }
  return new ByteView(view.format, copy, view.base, view.work)
}

function readRecord(view: ByteView): NtfsRecord {
  const used = view.u32(0x18, 'usedSize')
  view.require(used <= view.length, 'usedSize', 0x18, `at most ${view.length}`, used)
  const attributes: NtfsAttribute[] = []
  let at = view.u16(0x14, 'firstAttribute')
  while (view.u32(at, 'attribute.type') !== endOfAttributes) {
    view.visit()
    view.require(attributes.length < attributeLimit, 'attributes', at, `at most ${attributeLimit}`, 'more')
    const length = view.u32(at + 4, 'attribute.length')
    const fits = length >= 24 && length % 8 === 0 && at + length <= used
    view.require(fits, 'attribute.length', at + 4, `24 to ${used - at}`, length)
    attributes.push(readAttribute(view.part(at, length, 'attribute')))
    at += length
  }
  return {
    sequence: view.u16(0x10, 'sequence'),
    inUse: (view.u16(0x16, 'flags') & 1) !== 0,
    attributes,
  }
}

function readAttribute(view: ByteView): NtfsAttribute {
  const nameLength = view.u8(9, 'nameLength')
  const name = view.bytes(view.u16(10, 'nameOffset'), 2 * nameLength, 'name')
  const common = {
    type: view.u32(0, 'type'),
    name: String.fromCharCode(...name.filter((_, i) => i % 2 === 0)),
    encoded: (view.u16(12, 'flags') & 0x4001) !== 0,
  }
  if (view.u8(8, 'nonResident') === 0) {
    const size = view.u32(16, 'valueLength')
    const value = view.bytes(view.u16(20, 'valueOffset'), size, 'value')
    return { ...common, value, firstCluster: 0, runs: [], size, written: size }
  }
  const size = view.u64(48, 'size')
  return {
    ...common,
    value: null,
    firstCluster: view.u64(16, 'firstCluster'),
    runs: readRuns(view, view.u16(32, 'runs')),
    size,
    written: Math.min(size, view.u64(56, 'initialised')),
  }
}

/** Run list: a byte with two lengths, then a count of clusters and the signed distance from the run before. */
function readRuns(view: ByteView, start: number): Run[] {
  const runs: Run[] = []
  let cluster = 0
  for (let at = start; view.u8(at, 'run') !== 0;) {
    view.visit()
    view.require(runs.length < runLimit, 'runs', at, `at most ${runLimit}`, 'more')
    const head = view.u8(at, 'run')
    const lengthSize = head & 15
    const distanceSize = head >> 4
    view.require(
      lengthSize >= 1 && lengthSize <= 6 && distanceSize <= 6,
      'run',
      at,
      'numbers up to 6 bytes',
      head,
    )
    const length = little(view, at + 1, lengthSize)
    view.require(length > 0, 'run.length', at + 1, 'at least 1', length)
    if (distanceSize > 0) cluster += signed(view, at + 1 + lengthSize, distanceSize)
    view.require(cluster >= 0, 'run.start', at, 'a cluster of the volume', cluster)
    runs.push({ start: distanceSize === 0 ? null : cluster, length })
    at += 1 + lengthSize + distanceSize
  }
  return runs
}

function little(view: ByteView, offset: number, size: number): number {
  return view.bytes(offset, size, 'run').reduceRight((value, byte) => value * 256 + byte, 0)
}

function signed(view: ByteView, offset: number, size: number): number {
  const value = little(view, offset, size)
  return value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value
}
