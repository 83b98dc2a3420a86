import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../../formats/byte-view.ts'
import { fixUp } from './ntfs-record.ts'

const noClient = 0xffff
const cleanFlag = 2

/** One of the two restart pages at the start of $LogFile. */
export interface RestartPage {
  /** Sequence number of the newest record it knows; the page with the higher one counts. */
  readonly newest: bigint
  /** Nothing is left to replay. */
  readonly clean: boolean
}

/** Reads a restart page: closed cleanly when no client is listed as using the log, or the flag says so. */
export function parseRestartPage(page: Uint8Array, work?: Work): Result<RestartPage> {
  return parseWith('ntfs', page, (view) => readPage(fixUp(view, 'RSTR')), work)
}

function readPage(view: ByteView): RestartPage {
  const area = view.part(view.u16(24, 'restartArea'), 48, 'restartArea')
  return {
    newest: BigInt(area.u32(0, 'newest')) + (BigInt(area.u32(4, 'newest')) << 32n),
    clean: area.u16(12, 'clients') === noClient || (area.u16(14, 'flags') & cleanFlag) !== 0,
  }
}

/** True when the log, judged by its first two pages, has nothing to replay; a log of all ones was never used. */
export function isLogClean(start: Uint8Array, pageSize: number): boolean {
  if (start.every((byte) => byte === 0xff)) return true
  const pages = [0, pageSize].flatMap((at) => {
    const page = parseRestartPage(start.subarray(at, at + pageSize))
    return page.ok ? [page.value] : []
  })
  const [first, second] = pages
  if (first === undefined) return false
  return (second !== undefined && second.newest > first.newest ? second : first).clean
}
