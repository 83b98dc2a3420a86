import { join } from 'node:path'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { runBerth } from './berth-program.ts'
import { makeBigRelease, makeRoomyPc } from './roomy-pc.ts'
import { valueRow, type Row } from './row.ts'

/** What the program holds at most while it installs 4 GiB, above what it holds for the same with hardly any bytes. */
export async function benchMemory(folder: string): Promise<Row[]> {
  const idle = await install(folder, 'idle', 64 * 1024)
  const busy = await install(folder, 'busy', GiB)
  return [
    valueRow({
      name: 'memory while writing 4 GiB',
      samples: [(busy - idle) / MiB],
      unit: 'MiB above idle',
      goal: 150,
      note: `peak ${(busy / MiB).toFixed(0)} MiB, ${(idle / MiB).toFixed(0)} MiB with a release of 256 KiB (VmHWM)`,
    }),
  ]
}

async function install(folder: string, name: string, size: number): Promise<number> {
  const [pc, release] = [join(folder, `${name}-pc`), join(folder, `${name}-release`)]
  await makeRoomyPc(pc)
  await makeBigRelease(release, 4, size)
  const target = ['--pc', pc, '--release', release, '--boot-space', '12GiB']
  const { document } = await runBerth('plan', ...target)
  const installed = await runBerth('install', ...target, '--yes', String(document['fingerprint']))
  return installed.peakMemory
}
