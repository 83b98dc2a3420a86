import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import {
  bootEntry,
  buildDisk,
  buildMachine,
  guidOf,
} from '../../installer-core/check/testing/machine-builder.ts'
import { expectPlan, planFor } from '../../installer-core/plan/testing/plan-for.ts'
import { median, percentile, valueRow, type Row } from './row.ts'

const rounds = 400

/** How long a window has to wait for the new plan after a choice was changed, on a PC with very much of everything. */
export async function benchPlan(): Promise<Row[]> {
  const machine = crowdedMachine()
  const choices = [
    { bootSpace: 4 * GiB },
    { bootSpace: 6 * GiB },
    { defaultSystem: 'new' },
    { spaceFrom: { kind: 'gap' } },
  ]
  const samples: number[] = []
  const waits: number[] = []
  for (let i = 0; i < rounds; i += 1) {
    const [begun, used] = [performance.now(), process.cpuUsage()]
    expectPlan(planFor(machine, choices[i % choices.length]))
    const { user, system } = process.cpuUsage(used)
    samples.push((user + system) / 1000)
    waits.push(performance.now() - begun)
  }
  const warm = samples.slice(rounds / 10)
  const p95 = percentile(warm, 0.95)
  return [
    {
      ...valueRow({
        name: 'plan made anew',
        samples: [p95],
        unit: 'ms (95th percentile)',
        goal: 16,
        note: '',
      }),
      range: [Number(Math.min(...warm).toFixed(2)), Number(Math.max(...warm).toFixed(2))],
      runs: warm.length,
      note: `128 partitions, 100 boot entries; check and plan after a choice was changed; processor time, so that a busy machine does not count (by the clock: median ${median(waits).toFixed(1)} ms)`,
    },
  ]
}

function crowdedMachine() {
  const partitions = Array.from({ length: 127 }, (_, i) => ({
    id: guidOf(`crowd ${i}`),
    type: i === 0 ? ('esp' as const) : ('microsoftBasicData' as const),
    size: i === 0 ? 100 * MiB : GiB,
    gapBefore: i === 126 ? 20 * GiB : 0,
  }))
  const disk = buildDisk({ size: 400 * GiB, partitions })
  const entries = Array.from({ length: 100 }, (_, number) => bootEntry(number))
  return buildMachine({
    disks: [disk],
    firmware: { bootEntries: entries, bootOrder: entries.map(({ number }) => number) },
  })
}
