import { join } from 'node:path'
import { expectOk } from '../../installer-core/base/result.ts'
import { cacheFolder } from '../../installer-core/adapters/cache-folder.ts'
import { newPracticePc } from '../../installer-core/practice/new-pc.ts'
import { runBerth, timed } from './berth-program.ts'
import { median, ratioRow, type Row } from './row.ts'

const runs = 7

/** Looking at a PC, from start to end of the program, against the tools that people ask for the same facts. */
export async function benchProbe(folder: string): Promise<Row[]> {
  const pc = join(folder, 'pc')
  expectOk(await newPracticePc(pc, { like: 'windows', unstarted: true }))
  const passes: { ours: number; other: number }[] = []
  for (let i = 0; i < runs; i += 1) {
    const other = lookWithOthers(pc)
    passes.push({ ours: (await runBerth('probe', '--pc', pc)).seconds, other })
  }
  const [ours, other] = [passes.map((pass) => pass.ours), passes.map((pass) => pass.other)]
  const note = `Berth ${median(ours).toFixed(2)} s; sfdisk, lsblk and virt-fw-vars ${median(other).toFixed(2)} s`
  return [ratioRow({ name: 'probe', samples: passes.map((pass) => pass.ours / pass.other), note })]
}

function lookWithOthers(pc: string): number {
  const virtFwVars = join(cacheFolder(), 'tools/python/bin/virt-fw-vars')
  return (
    timed('sfdisk', ['--json', join(pc, 'disk0.img')]) +
    timed('lsblk', ['--json', '--output-all']) +
    timed(virtFwVars, ['--input', join(pc, 'firmware.fd'), '--print', '--verbose'])
  )
}
