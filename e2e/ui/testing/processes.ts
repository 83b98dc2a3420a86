import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Stage } from './packaged-window.ts'

/** Processes that run `program`, by their ids. */
export function processesOf(program: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => {
      try {
        return id > 0 && readlinkSync(`/proc/${id}/exe`) === program
      } catch {
        return false
      }
    })
}

/** The engines that a stage's window started. */
export function enginesOf(stage: Stage): number[] {
  return processesOf(join(stage.folder, 'resources/berth'))
}

/** @throws when it does not come to that in `seconds`. */
export async function until(check: () => boolean | Promise<boolean>, seconds = 15): Promise<void> {
  const end = Date.now() + seconds * 1000
  while (!(await check())) {
    if (Date.now() > end) throw new Error('It did not come to that in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
