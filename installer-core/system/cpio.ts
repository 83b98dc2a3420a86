import { joinBytes } from '../base/join-bytes.ts'
/** An entry of an archive. Paths are relative, `/`-separated ASCII. */
export type CpioEntry =
  | { readonly kind: 'folder'; readonly path: string; readonly mode: number }
  | { readonly kind: 'file'; readonly path: string; readonly mode: number; readonly data: Uint8Array }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }

interface Record {
  readonly path: string
  readonly mode: number
  readonly links: number
  readonly data: Uint8Array
}

const type = { folder: 0o040000, file: 0o100000, link: 0o120000 } as const
const endPath = 'TRAILER!!!'
const noData = new Uint8Array()

/**
 * A cpio archive in the "newc" format that Linux takes as initramfs (kernel documentation, "initramfs buffer format").
 * Depends on the entries alone: sorted by path, times and owners 0. An empty, absolute or repeated path is a bug of the
 * caller, hence thrown.
 */
export function makeCpio(entries: readonly CpioEntry[]): Uint8Array {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  sorted.forEach(({ path }, i) => {
    if (!/^[\x21-\x7e]+$/.test(path) || path.startsWith('/')) throw new RangeError(`not a path: ${path}`)
    if (path === sorted[i + 1]?.path) throw new RangeError(`twice in the archive: ${path}`)
  })
  const records = [...sorted.map(recordOf), { path: endPath, mode: 0, links: 1, data: noData }]
  return joinBytes(records.flatMap((record, i) => encode(record, record.path === endPath ? 0 : i + 1)))
}

function recordOf(entry: CpioEntry): Record {
  switch (entry.kind) {
    case 'folder':
      return { path: entry.path, mode: type.folder | entry.mode, links: 2, data: noData }
    case 'file':
      return { path: entry.path, mode: type.file | entry.mode, links: 1, data: entry.data }
    case 'link':
      return {
        path: entry.path,
        mode: type.link | 0o777,
        links: 1,
        data: new TextEncoder().encode(entry.target),
      }
  }
}

/** Header with 13 numbers of 8 hex digits, path with NUL, data; both parts padded to 4 bytes. */
function encode({ path, mode, links, data }: Record, inode: number): readonly Uint8Array[] {
  const numbers = [inode, mode, 0, 0, links, 0, data.length, 0, 0, 0, 0, path.length + 1, 0]
  const header = `070701${numbers.map((number) => number.toString(16).padStart(8, '0')).join('')}${path}\0`
  return [padded(new TextEncoder().encode(header)), padded(data)]
}

function padded(data: Uint8Array): Uint8Array {
  if (data.length % 4 === 0) return data
  const out = new Uint8Array(data.length + 4 - (data.length % 4))
  out.set(data)
  return out
}
