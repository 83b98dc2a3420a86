import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { build } from 'esbuild'
import { runtimeProgram } from '../../scripts/build/runtimes.ts'
import { startWindows, windowsPath } from './wine.ts'

/** Lets a process on Windows take a lock and keep it until it is killed. */
export async function holdLock(lock: string): Promise<{ kill(): Promise<void> }> {
  mkdirSync(dirname(lock), { recursive: true })
  const folder = mkdtempSync(join(tmpdir(), 'berth-lock-'))
  const [script, answer] = [join(folder, 'hold.cjs'), join(folder, 'answer')]
  const source = join(import.meta.dirname, 'hold-lock.ts')
  await build({ entryPoints: [source], outfile: script, bundle: true, platform: 'node', format: 'cjs' })
  const holder = startWindows(runtimeProgram('windows'), [script, lock, answer].map(windowsPath))
  for (let waited = 0; !existsSync(answer) || readFileSync(answer, 'utf8') === ''; waited += 100) {
    if (waited > 120_000) throw new Error('the process that takes the lock did not start')
    await wait(100)
  }
  if (readFileSync(answer, 'utf8') !== 'true') throw new Error('the lock was not free')
  return {
    async kill() {
      const ended = once(holder, 'exit')
      holder.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}
