import { closeSync, constants, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (createWith(path, own)) {
      held.add(path)
      return ok(async () => {
        held.delete(path)
        rmSync(path, { force: true })
      })
    }
    const holder = readHolder(path)
    const isHeld = holder?.pid === process.pid ? held.has(path) : holder !== null && isAlive(holder)
    if (isHeld) return fail('run-locked', { what: 'process', found: holder?.pid ?? null })
    rmSync(path, { force: true })
  }
  return fail('run-locked', { what: 'process', found: readHolder(path)?.pid ?? null })
}

function createWith(path: string, holder: Holder): boolean {
  try {
    writeFileSync(path, JSON.stringify(holder), { flag: 'wx' })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
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
