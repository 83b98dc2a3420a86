/* npx tsx e2e/desktop/make-sight.ts NAME DUMP.ppm: keeps what a screen dump shows at a sight's place as its picture. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectOk } from '../../installer-core/base/result.ts'
import { parsePpm } from '../../installer-core/practice/screen/ppm.ts'
import { shrink } from './picture.ts'
import { sights } from './sights.ts'

const [name = '', dump = ''] = process.argv.slice(2)
const sight = Object.values(sights).find((one) => one.name === name)
if (sight === undefined)
  throw new Error(`There is no sight ${name}. Sights: ${Object.keys(sights).join(', ')}`)
const { width, height, pixels } = shrink(expectOk(parsePpm(new Uint8Array(readFileSync(dump)))), sight.region)
const folder = join(import.meta.dirname, 'sights')
mkdirSync(folder, { recursive: true })
writeFileSync(
  join(folder, `${name}.ppm`),
  Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), pixels]),
)
