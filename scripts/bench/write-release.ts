import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { runBerth, timed } from './berth-program.ts'
import { makeBigRelease, makeRoomyPc } from './roomy-pc.ts'
import { median, ratioRow, valueRow, type Row } from './row.ts'

const runs = 5

interface Pass {
  readonly ours: number
  readonly other: number
}

/** Writing a release of 1 GiB and reading it back against `dd conv=fsync` and `sha256sum` of the same bytes. */
export async function benchWrite(folder: string): Promise<Row[]> {
  const [pc, release, copy] = ['pc', 'release', 'copy'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const [file = ''] = await makeBigRelease(release, 1, GiB)
  const passes: Pass[] = []
  for (let i = 0; i < runs; i += 1) {
    const other = writeOther(file, copy)
    passes.push({ ours: await writeOurs(pc, release), other })
  }
  const [ours, other] = [passes.map((pass) => pass.ours), passes.map((pass) => pass.other)]
  const note = `Berth ${median(ours).toFixed(2)} s, dd conv=fsync + sha256sum ${median(other).toFixed(2)} s`
  return [
    ratioRow({
      name: 'write and verify 1 GiB',
      samples: passes.map((pass) => pass.ours / pass.other),
      goal: 1.1,
      note,
    }),
    valueRow({
      name: 'write and verify 1 GiB, rate',
      samples: ours.map((seconds) => 1024 / seconds),
      unit: 'MiB/s',
      better: 'more',
      note: 'reading the release, hashing it, writing, flushing, reading back, hashing again',
    }),
  ]
}

/** Seconds that the plain tools take for the same bytes; what they wrote is gone afterwards. */
export function writeOther(file: string, copy: string): number {
  const seconds =
    timed('dd', [`if=${file}`, `of=${copy}`, `bs=${4 * MiB}`, 'conv=fsync', 'status=none']) +
    timed('sha256sum', [copy])
  rmSync(copy)
  return seconds
}

/** The time of the step that writes the files: prepared, applied, verified, and in the journal. */
async function writeOurs(pc: string, release: string): Promise<number> {
  await makeRoomyPc(pc)
  const target = ['--pc', pc, '--release', release]
  const { document } = await runBerth('plan', ...target)
  const installed = await runBerth('install', ...target, '--yes', String(document['fingerprint']))
  const steps = installed.document['steps'] as { step: { kind: string }; durationMs: number }[]
  const writing = steps.find(({ step }) => step.kind === 'write-files')
  if (writing === undefined) throw new Error('no step wrote files')
  return writing.durationMs / 1000
}
