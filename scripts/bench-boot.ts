/* npm run bench:boot [-- --json --runs NUMBER]: from power-on to login screen and panel, Berth's desktop against Debian's, in the same run. */
import { buildBerth } from './bench/berth-program.ts'
import { benchDesktopBoot } from './bench/desktop-boot.ts'
import { watchNoise } from './bench/noise.ts'
import { inFolder, inWords } from './bench/tell.ts'

const given = process.argv.findIndex((argument) => argument === '--runs')
const runs = given === -1 ? 3 : Number(process.argv[given + 1])
if (!Number.isInteger(runs) || runs < 1) {
  process.stderr.write('usage: npm run bench:boot -- [--json] [--runs NUMBER]\n')
  process.exit(2)
}
const json = process.argv.includes('--json')
await buildBerth()
const noise = watchNoise()
const rows = await inFolder((folder) => benchDesktopBoot(folder, runs))
const machine = noise()
process.stdout.write(json ? `${JSON.stringify({ rows, machine })}\n` : inWords(rows, machine))
process.exit(rows.every((row) => row.ok) ? 0 : 1)
