import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const pauseMs = 200

/** Runs `work` while no other process does so under the same lock file; a dead process's lock is taken over. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true })
  while (!(await tryLock(file))) await pause(pauseMs)
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(String(process.pid))
    await handle.close()
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    await removeWhenDead(file)
    return false
  }
}

async function removeWhenDead(file: string): Promise<void> {
  const holder = Number(await readFile(file, 'utf8').catch(() => ''))
  if (!Number.isInteger(holder) || holder <= 0) return
  try {
    process.kill(holder, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') await rm(file, { force: true })
  }
}
