import {
  closeSync,
  constants,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import type { Release } from '../../ports/platform.ts'

interface Holder {
  readonly pid: number
  /** When that process started, in the system's own units; '' where the system does not tell. */
  readonly started: string
}

/** Locks that this process has: any other lock with its number is one of a dead process that had the number before. */
const held = new Set<string>()

/**
 * A lock that is a file with its holder in it: made only when it is not there, so that two cannot take it. `run-locked`
 * names the process that has it; the lock of a process that is gone is taken over.
 */
export function takeLock(path: string): Result<Release> {
  return process.platform === 'win32' ? takeOpen(path) : takeNamed(path)
}

/**
 * Windows gives the numbers of dead processes to new ones soon, but opens a file for one process alone when asked to,
 * and lets go of it when that process ends in whatever way.
 */
function takeOpen(path: string): Result<Release> {
  const forOneAlone = 0x10000000 // UV_FS_O_EXLOCK of libuv
  let file: number
  try {
    file = openSync(path, constants.O_RDWR | constants.O_CREAT | forOneAlone)
  } catch (error) {
    if (!hasCode(error, 'EBUSY')) throw error
    return fail('run-locked', { what: 'process', found: null })
  }
  return ok(async () => {
    closeSync(file)
    rmSync(path, { force: true })
  })
}

function takeNamed(path: string): Result<Release> {
  const own: Holder = { pid: process.pid, started: startOf(process.pid) }
  if (!createWith(path, own) && !takeOver(path, own))
    return fail('run-locked', { what: 'process', found: readHolder(path)?.pid ?? null })
  held.add(path)
  return ok(async () => {
    held.delete(path)
    rmSync(path, { force: true })
  })
}

/**
 * Removes a dead process' lock and takes its place. Only one process does that at a time: each announces itself under a
 * name of its own before it looks for others, so that of two neither can miss the other and remove its fresh lock.
 */
function takeOver(path: string, own: Holder): boolean {
  const announced = `${path}.${own.pid}.taking`
  rmSync(announced, { force: true })
  createWith(announced, own)
  try {
    if (isAnyoneTaking(path, announced)) return false
    const holder = readHolder(path)
    const isHeld = holder?.pid === own.pid ? held.has(path) : holder !== null && isAlive(holder)
    if (isHeld) return false
    rmSync(path, { force: true })
    return createWith(path, own)
  } finally {
    rmSync(announced, { force: true })
  }
}

function isAnyoneTaking(path: string, except: string): boolean {
  const folder = dirname(path)
  const announced = readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith('.taking'))
    .map((name) => join(folder, name))
  return announced.some((name) => {
    const holder = name === except ? null : readHolder(name)
    return holder !== null && holder.pid !== process.pid && isAlive(holder)
  })
}

/** Makes the file, with its content from the first moment on; false when the name is taken. */
function createWith(path: string, holder: Holder): boolean {
  const prepared = `${path}.${holder.pid}.new`
  try {
    writeFileSync(prepared, JSON.stringify(holder))
    linkSync(prepared, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(prepared, { force: true })
  }
}

function readHolder(path: string): Holder | null {
  try {
    const { pid, started } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : null
  } catch {
    return null
  }
}

/** Alive, and not another process that was given the same number later. */
function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!hasCode(error, 'EPERM')) return false
  }
  return started === '' || startOf(pid) === '' || startOf(pid) === started
}

/** Field 22 of Linux' /proc/PID/stat; the name before it may hold spaces and brackets. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
