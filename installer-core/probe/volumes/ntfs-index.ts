import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../../formats/byte-view.ts'
import { fixUp } from './ntfs-record.ts'

/** A file that a folder's index names. */
export interface IndexedName {
  readonly record: number
  readonly sequence: number
  readonly name: string
}

/** Names in a folder's $INDEX_ROOT (the part of the index that lies in the record). */
export function parseIndexRoot(value: Uint8Array, work?: Work): Result<readonly IndexedName[]> {
  return parseWith('ntfs', value, (view) => readNode(view.part(16, view.length - 16, 'indexRoot')), work)
}

/** Names in one block of a folder's $INDEX_ALLOCATION. */
export function parseIndexBlock(block: Uint8Array, work?: Work): Result<readonly IndexedName[]> {
  return parseWith(
    'ntfs',
    block,
    (view) => readNode(fixUp(view, 'INDX').part(24, view.length - 24, 'indexBlock')),
    work,
  )
}

function readNode(view: ByteView): IndexedName[] {
  const used = view.u32(4, 'index.used')
  view.require(used <= view.length, 'index.used', 4, `at most ${view.length}`, used)
  const names: IndexedName[] = []
  for (let at = view.u32(0, 'index.first'); ;) {
    view.visit()
    const length = view.u16(at + 8, 'entry.length')
    const fits = length >= 16 && length % 8 === 0 && at + length <= used
    view.require(fits, 'entry.length', at + 8, `16 to ${used - at}`, length)
    if ((view.u16(at + 12, 'entry.flags') & 2) !== 0) return names
    names.push(readName(view.part(at, length, 'entry')))
    at += length
  }
}

/** A file reference, then a copy of the file's $FILE_NAME at byte 16, whose name starts at its byte 66. */
function readName(view: ByteView): IndexedName {
  const length = view.u8(16 + 64, 'name.length')
  const name = view.bytes(16 + 66, 2 * length, 'name')
  const units = new Uint16Array(length).map((_, i) => (name[2 * i] ?? 0) | ((name[2 * i + 1] ?? 0) << 8))
  return {
    record: view.u32(0, 'reference') + view.u16(4, 'reference') * 2 ** 32,
    sequence: view.u16(6, 'reference.sequence'),
    name: String.fromCharCode(...units),
  }
}
