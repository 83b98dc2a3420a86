import { MiB } from '../../base/bytes.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { safeText, safeUtf16 } from '../safe-text.ts'
import { countUsedClusters } from './ntfs-bitmap.ts'
import { parseNtfsBoot, type NtfsBoot } from './ntfs-boot.ts'
import {
  attributeType,
  findAttribute,
  openNtfs,
  readContent,
  readRecord,
  systemRecord,
  type Ntfs,
} from './ntfs-content.ts'
import { parseIndexBlock, parseIndexRoot, type IndexedName } from './ntfs-index.ts'
import { isLogClean } from './ntfs-log.ts'
import { hasText, volume, type VolumeFormat } from './volume-format.ts'
import type { VolumeReader } from './volume-reader.ts'

const rootIndexLimit = 4 * MiB
const logPage = 4096
const dirtyFlag = 1

/**
 * NTFS: size and serial from the boot sector; free space from $Bitmap; dirty when $Volume says so, when the log must be
 * replayed, or when its own tables cannot be read; hibernated when `\hiberfil.sys` holds a sleeping Windows. The
 * content is asked, so a stale or empty hiberfil.sys does not count.
 */
export const ntfsFormat: VolumeFormat = {
  matches: ({ head }) => hasText(head, 3, 'NTFS    ') && head[510] === 0x55 && head[511] === 0xaa,
  async read({ head }, reader) {
    const boot = parseNtfsBoot(head)
    if (!boot.ok) return boot
    const { size, serial } = boot.value
    const tables = await readTables(boot.value, reader)
    if (tables.ok) return ok(volume('ntfs', { size, uuid: serial, ...tables.value }))
    return tables.failure.code === 'malformed' || tables.failure.code === 'out-of-range'
      ? ok(volume('ntfs', { size, uuid: serial, dirty: true }))
      : tables
  },
}

async function readTables(boot: NtfsBoot, reader: VolumeReader) {
  const opened = await openNtfs(boot, reader)
  if (!opened.ok) return opened
  const ntfs = opened.value
  const state = await readState(ntfs)
  if (!state.ok) return state
  const log = await readLogClean(ntfs)
  if (!log.ok) return log
  const free = known(await countFree(ntfs))
  if (!free.ok) return free
  const hibernated = known(await readHibernated(ntfs))
  if (!hibernated.ok) return hibernated
  const { label, flagged } = state.value
  return ok({ label, dirty: flagged || !log.value, free: free.value, hibernated: hibernated.value })
}

/** What Berth does not read (fragments listed elsewhere, compressed content) is unknown, not damaged. */
function known<T>(result: Result<T>): Result<T | null> {
  return !result.ok && result.failure.code === 'unsupported' ? ok(null) : result
}

async function readState(ntfs: Ntfs) {
  const record = await readRecord(ntfs, systemRecord.volume)
  if (!record.ok) return record
  const name = findAttribute(record.value, attributeType.volumeName, '')?.value
  const information = findAttribute(record.value, attributeType.volumeInformation, '')?.value
  const flags = information === undefined || information === null ? dirtyFlag : (information[10] ?? dirtyFlag)
  return ok({ label: name ? safeUtf16(name) : safeText(''), flagged: (flags & dirtyFlag) !== 0 })
}

async function readLogClean(ntfs: Ntfs): Promise<Result<boolean>> {
  const record = await readRecord(ntfs, systemRecord.log)
  if (!record.ok) return record
  const log = findAttribute(record.value, attributeType.data, '')
  if (log === undefined || log.size < 2 * logPage) return ok(false)
  const start = await readContent(ntfs, log, 0, 2 * logPage)
  return start.ok ? ok(isLogClean(start.value, logPage)) : start
}

async function countFree(ntfs: Ntfs): Promise<Result<number>> {
  const used = await countUsedClusters(ntfs, 0)
  return used.ok ? ok((ntfs.boot.clusters - used.value) * ntfs.boot.clusterSize) : used
}

async function readHibernated(ntfs: Ntfs): Promise<Result<boolean>> {
  const names = await listRoot(ntfs)
  if (!names.ok) return names
  const found = names.value.filter(({ name }) => /^hiberfil\.sys$/i.test(name))
  for (const { record: number, sequence } of found) {
    const record = await readRecord(ntfs, number)
    if (!record.ok) return record
    const data = findAttribute(record.value, attributeType.data, '')
    const isCurrent = record.value.inUse && record.value.sequence === sequence
    if (!isCurrent || data === undefined || data.size < 4) continue
    const mark = await readContent(ntfs, data, 0, 4)
    if (!mark.ok) return mark
    if (hasText(mark.value, 0, 'hibr') || hasText(mark.value, 0, 'HIBR')) return ok(true)
  }
  return ok(false)
}

/** Every name of the root folder; a block that is no index block (any more) holds none. */
async function listRoot(ntfs: Ntfs): Promise<Result<readonly IndexedName[]>> {
  const record = await readRecord(ntfs, systemRecord.root)
  if (!record.ok) return record
  const root = findAttribute(record.value, attributeType.indexRoot, '$I30')?.value
  if (!root) return fail('unsupported', { what: 'ntfs-root-index' })
  const inRecord = parseIndexRoot(root)
  if (!inRecord.ok) return inRecord
  const names = [...inRecord.value]
  const blocks = findAttribute(record.value, attributeType.indexAllocation, '$I30')
  if (blocks !== undefined && blocks.size > rootIndexLimit)
    return fail('unsupported', { what: 'ntfs-root-index' })
  for (let at = 0; blocks !== undefined && at < blocks.size; at += ntfs.boot.indexSize) {
    const block = await readContent(ntfs, blocks, at, ntfs.boot.indexSize)
    if (!block.ok) return block
    const inBlock = parseIndexBlock(block.value)
    if (inBlock.ok) names.push(...inBlock.value)
  }
  return ok(names)
}
