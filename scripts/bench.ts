/* npm run bench [-- --json] [NAME …]: how fast Berth is, against plain tools in the same run. Medians; the machine's
   noise is shown. Big files lie in the cache folder and are removed at the end. */
import { buildBerth } from './bench/berth-program.ts'
import { benchBoot } from './bench/boot.ts'
import { benchCuts } from './bench/cuts.ts'
import { benchGuest } from './bench/guest.ts'
import { watchNoise } from './bench/noise.ts'
import { benchMemory } from './bench/peak-memory.ts'
import { benchPackageSize } from './bench/package-size.ts'
import { benchPlan } from './bench/plan.ts'
import { benchProbe } from './bench/probe.ts'
import type { Row } from './bench/row.ts'
import { inFolder, inWords } from './bench/tell.ts'
import { benchWindow } from './bench/window.ts'
import { benchWriteDevice } from './bench/write-device.ts'
import { benchWrite } from './bench/write-release.ts'

const benches: Readonly<Record<string, (folder: string) => Promise<Row[]>>> = {
  write: benchWrite,
  'write-device': benchWriteDevice,
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
