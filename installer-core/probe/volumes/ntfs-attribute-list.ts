import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../../formats/byte-view.ts'
import type { NtfsAttribute, NtfsRecord } from './ntfs-record.ts'

const shortestEntry = 26

/** Numbers of the records that hold attributes of one file, from its $ATTRIBUTE_LIST; each once, in the list's order. */
export function parseAttributeList(value: Uint8Array, work?: Work): Result<readonly number[]> {
  return parseWith(
    'ntfs',
    value,
    (view: ByteView) => {
      const records = new Set<number>()
      for (let at = 0; at + shortestEntry <= view.length;) {
        view.visit()
        const length = view.u16(at + 4, 'list.length')
        const fits = length >= shortestEntry && length % 8 === 0
        view.require(fits, 'list.length', at + 4, `at least ${shortestEntry}`, length)
        records.add(view.u32(at + 16, 'list.reference') + view.u16(at + 20, 'list.reference') * 2 ** 32)
        at += length
      }
      return [...records]
    },
    work,
  )
}

/** One file's attributes from several records: pieces of the same attribute joined in the order of their clusters. */
export function joinRecords(base: NtfsRecord, others: readonly NtfsRecord[]): NtfsRecord {
  const groups = new Map<string, NtfsAttribute[]>()
  for (const attribute of [base, ...others].flatMap(({ attributes }) => attributes)) {
    const key = `${attribute.type}/${attribute.name}/${attribute.value === null ? 'runs' : 'value'}`
    groups.set(key, [...(groups.get(key) ?? []), attribute])
  }
  return { ...base, attributes: [...groups.values()].flatMap(joinPieces) }
}

/** Pieces that do not follow one another stay apart; only the first, which begins at cluster 0, is of use then. */
function joinPieces(pieces: readonly NtfsAttribute[]): readonly NtfsAttribute[] {
  const sorted = [...pieces].sort((a, b) => a.firstCluster - b.firstCluster)
  const [first] = sorted
  if (first === undefined || first.value !== null) return pieces
  let covered = clusters(first)
  const runs = [...first.runs]
  for (const piece of sorted.slice(1)) {
    if (piece.firstCluster !== covered) break
    runs.push(...piece.runs)
    covered += clusters(piece)
  }
  return [{ ...first, runs }]
}

function clusters({ runs }: NtfsAttribute): number {
  return runs.reduce((sum, { length }) => sum + length, 0)
}
