import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Leaves a test's totals in `dist/test-counts/` for the closing lines of `npm test`. */
export function writeCounts(name: string, counts: Readonly<Record<string, unknown>>): void {
  const folder = join(import.meta.dirname, '../../../dist/test-counts')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(counts)}\n`)
}
