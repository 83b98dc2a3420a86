import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/bundle.ts'
import { timed } from './berth-program.ts'
import { valueRow, type Row } from './row.ts'

/** How many cuts the cut test makes and judges in a second: the whole file of 512-byte sectors, as `npm test` runs it. */
export async function benchCuts(folder: string): Promise<Row[]> {
  const result = join(folder, 'result.json')
  const test = 'installer-core/execute/cut-512.proof.test.ts'
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const output = ['--reporter=json', `--outputFile=${result}`]
  const seconds = timed(process.execPath, [
    vitest,
    'run',
    '--root',
    root,
    '--project',
    'proof',
    test,
    ...output,
  ])
  const counts = readFileSync(join(root, 'dist/test-counts/cuts-512.json'), 'utf8')
  const { cuts } = JSON.parse(counts) as { cuts: number }
  return [
    valueRow({
      name: 'cut tests',
      samples: [cuts / seconds],
      unit: 'a second',
      better: 'more',
      note: `${cuts.toLocaleString('en')} cuts, each recovered and judged, in ${seconds.toFixed(0)} s with the recording of the runs`,
    }),
  ]
}
