import { fail, malformed, ok, type Result } from '../../base/result.ts'
import { joinRecords, parseAttributeList } from './ntfs-attribute-list.ts'
import { parseNtfsBoot, type NtfsBoot } from './ntfs-boot.ts'
import { parseNtfsRecord, type NtfsAttribute, type NtfsRecord } from './ntfs-record.ts'
import type { VolumeReader } from './volume-reader.ts'

/** Numbers of the records that every NTFS volume has. */
export const systemRecord = { mft: 0, log: 2, volume: 3, root: 5, bitmap: 6 } as const
export const attributeType = {
  list: 0x20,
  volumeName: 0x60,
  volumeInformation: 0x70,
  data: 0x80,
  indexRoot: 0x90,
  indexAllocation: 0xa0,
} as const

/** How many records one file's attributes may be spread over, at most. */
const extensionLimit = 1024

/** An NTFS volume whose file table was found. */
export interface Ntfs {
  readonly boot: NtfsBoot
  readonly reader: VolumeReader
  readonly mft: NtfsAttribute
}

const largestSector = 4096

/** An NTFS by its boot sector, for whoever knows already that it is one. */
export async function readNtfs(reader: VolumeReader): Promise<Result<Ntfs>> {
  const first = await reader.read(0, largestSector)
  const boot = first.ok ? parseNtfsBoot(first.value) : first
  return boot.ok ? openNtfs(boot.value, reader) : boot
}

/** Finds the file table through its own first record. */
export async function openNtfs(boot: NtfsBoot, reader: VolumeReader): Promise<Result<Ntfs>> {
  const data = await reader.read(boot.mftStart, boot.recordSize)
  if (!data.ok) return data
  const record = parseNtfsRecord(data.value)
  if (!record.ok) return record
  const mft = findAttribute(record.value, attributeType.data, '')
  if (mft?.value !== null) return malformed('ntfs', '$MFT.data', boot.mftStart, 'runs', 'none')
  // The table's first pieces, named by its own first record, reach the records that name the others.
  const whole = await withExtensions({ boot, reader, mft }, systemRecord.mft, record.value)
  if (!whole.ok) return whole
  return ok({ boot, reader, mft: findAttribute(whole.value, attributeType.data, '') ?? mft })
}

export function findAttribute(record: NtfsRecord, type: number, name: string): NtfsAttribute | undefined {
  return record.attributes.find((attribute) => attribute.type === type && attribute.name === name)
}

/** Reads record `number` of the file table, with the attributes that lie in records of their own. */
export async function readRecord(ntfs: Ntfs, number: number): Promise<Result<NtfsRecord>> {
  const record = await readSingle(ntfs, number)
  return record.ok ? withExtensions(ntfs, number, record.value) : record
}

async function readSingle(ntfs: Ntfs, number: number): Promise<Result<NtfsRecord>> {
  const size = ntfs.boot.recordSize
  const data = await readContent(ntfs, ntfs.mft, number * size, size)
  return data.ok ? parseNtfsRecord(data.value) : data
}

async function withExtensions(ntfs: Ntfs, number: number, base: NtfsRecord): Promise<Result<NtfsRecord>> {
  const list = findAttribute(base, attributeType.list, '')
  if (list === undefined) return ok(base)
  if (list.size > extensionLimit * 32) return fail('unsupported', { what: 'ntfs-attribute-list' })
  const content = await readContent(ntfs, list, 0, list.size)
  if (!content.ok) return content
  const numbers = parseAttributeList(content.value)
  if (!numbers.ok) return numbers
  const others: NtfsRecord[] = []
  for (const other of numbers.value.filter((found) => found !== number)) {
    const record = await readSingle(ntfs, other)
    if (!record.ok) return record
    others.push(record.value)
  }
  return ok(joinRecords(base, others))
}

/**
 * Reads `length` bytes of an attribute from `offset`; holes and what was never written read as zeros. `unsupported` for
 * encoded content and for a part whose runs lie in another record.
 */
export async function readContent(
  ntfs: Ntfs,
  attribute: NtfsAttribute,
  offset: number,
  length: number,
): Promise<Result<Uint8Array>> {
  if (attribute.encoded || attribute.firstCluster !== 0)
    return fail('unsupported', { what: 'ntfs-attribute' })
  if (offset + length > attribute.size)
    return malformed('ntfs', 'content', offset, `${length} bytes`, `${attribute.size} bytes in all`)
  if (attribute.value !== null) return ok(attribute.value.slice(offset, offset + length))
  const out = new Uint8Array(length)
  const wanted = Math.min(length, attribute.written - offset)
  let position = 0
  let covered = 0
  for (const run of attribute.runs) {
    const runBytes = run.length * ntfs.boot.clusterSize
    const from = Math.max(offset, position)
    const to = Math.min(offset + wanted, position + runBytes)
    if (from < to) {
      const filled = run.start === null ? null : await readRun(ntfs, run.start, from - position, to - from)
      if (filled && !filled.ok) return filled
      if (filled) out.set(filled.value, from - offset)
      covered += to - from
    }
    position += runBytes
  }
  return covered >= wanted ? ok(out) : fail('unsupported', { what: 'ntfs-attribute-list' })
}

async function readRun(
  ntfs: Ntfs,
  cluster: number,
  skip: number,
  length: number,
): Promise<Result<Uint8Array>> {
  return ntfs.reader.read(cluster * ntfs.boot.clusterSize + skip, length)
}
