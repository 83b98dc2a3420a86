import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../../installer-core/adapters/cache-folder.ts'
import type { Noise } from './noise.ts'
import type { Row } from './row.ts'

/** Measures in a folder of the cache that is gone afterwards. */
export async function inFolder(bench: (folder: string) => Promise<Row[]>): Promise<Row[]> {
  const parent = join(cacheFolder(), 'bench')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'run-'))
  try {
    return await bench(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What was measured, for people. */
export function inWords(
  measured: readonly Row[],
  { processors, model, stealPercent, idlePercent, load }: Noise,
): string {
  const width = Math.max(...measured.map(({ name }) => name.length))
  const lines = measured.map((row) => {
    const result = row.ratio === undefined ? `${row.value} ${row.unit}` : `× ${row.ratio}`
    const sign = row.better === 'less' ? '≤' : '≥'
    const goal = row.goal === null ? '' : `, goal ${sign} ${row.goal}: ${row.ok ? 'reached' : 'MISSED'}`
    const [least, most] = row.range
    return `${row.name.padEnd(width)}  ${result} (${least} to ${most}, ${row.runs} runs)${goal}\n${' '.repeat(width)}  ${row.note}`
  })
  const host = `${processors} processors (${model}); steal ${stealPercent} %, idle ${idlePercent} %, load ${load}`
  return `${lines.join('\n')}\n\n${host}\n`
}
