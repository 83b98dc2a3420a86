import { done, fail, ok } from '../../base/result.ts'
import type { JournalStore } from '../../ports/journal-store.ts'

/** Journals in memory. */
export function memoryJournalStore(): JournalStore {
  const runs = new Map<string, Uint8Array>()
  let isLocked = false
  return {
    runs: async () => ok([...runs.keys()].sort()),
    async read(run) {
      const found = runs.get(run)
      return found === undefined ? fail('not-found', { what: 'run', where: run }) : ok(found.slice())
    },
    async append(run, data) {
      runs.set(run, Buffer.concat([runs.get(run) ?? new Uint8Array(), data]))
      return done
    },
    async lock() {
      if (isLocked) return fail('run-locked', { what: 'process', found: process.pid })
      isLocked = true
      return ok(async () => {
        isLocked = false
      })
    },
  }
}
