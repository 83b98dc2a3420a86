/* npm run bench [-- --json] [NAME …]: how fast Berth is, against plain tools in the same run. Medians; the machine's
   noise is shown. Big files lie in the cache folder and are removed at the end. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../installer-core/adapters/cache-folder.ts'
import { buildBerth } from './bench/berth-program.ts'
import { benchBoot } from './bench/boot.ts'
import { benchCuts } from './bench/cuts.ts'
import { benchGuest } from './bench/guest.ts'
import { watchNoise, type Noise } from './bench/noise.ts'
import { benchMemory } from './bench/peak-memory.ts'
import { benchPackageSize } from './bench/package-size.ts'
import { benchPlan } from './bench/plan.ts'
import { benchProbe } from './bench/probe.ts'
import type { Row } from './bench/row.ts'
import { benchWindow } from './bench/window.ts'
import { benchWrite } from './bench/write-release.ts'

const benches: Readonly<Record<string, (folder: string) => Promise<Row[]>>> = {
  write: benchWrite,
  memory: benchMemory,
  probe: benchProbe,
  plan: benchPlan,
  cuts: benchCuts,
  boot: benchBoot,
  guest: benchGuest,
  size: benchPackageSize,
  window: benchWindow,
}

const asked = process.argv.slice(2)
const json = asked.includes('--json')
const names = asked.filter((name) => !name.startsWith('--'))
const unknown = asked.filter((name) => name !== '--json' && !(name in benches))
if (unknown.length > 0) {
  process.stderr.write(`usage: npm run bench -- [--json] [${Object.keys(benches).join('|')}] …\n`)
  process.exit(2)
}

await buildBerth()
const noise = watchNoise()
const rows: Row[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue
  process.stderr.write(`measuring ${name} …\n`)
  rows.push(...(await inFolder(bench)))
}
const machine = noise()
process.stdout.write(json ? `${JSON.stringify({ rows, machine })}\n` : inWords(rows, machine))
process.exit(rows.every((row) => row.ok) ? 0 : 1)

async function inFolder(bench: (folder: string) => Promise<Row[]>): Promise<Row[]> {
  const parent = join(cacheFolder(), 'bench')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'run-'))
  try {
    return await bench(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function inWords(
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
