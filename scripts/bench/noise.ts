import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'

/** How much of the machine others took while something was measured. */
export interface Noise {
  readonly processors: number
  readonly model: string
  /** Share of processor time that the machine's own host took away, in percent. */
  readonly stealPercent: number
  /** Share of processor time in which a processor was idle, in percent. */
  readonly idlePercent: number
  /** Processes that wanted to run, averaged over the last minute. */
  readonly load: number
}

/** Counts from now on; the returned function tells what it was until then. */
export function watchNoise(): () => Noise {
  const before = processorTimes()
  return () => {
    const after = processorTimes()
    const total = after.total - before.total || 1
    const percent = (ticks: number) => Number(((100 * ticks) / total).toFixed(1))
    return {
      processors: availableParallelism(),
      model: cpus()[0]?.model ?? 'unknown',
      stealPercent: percent(after.steal - before.steal),
      idlePercent: percent(after.idle - before.idle),
      load: Number((loadavg()[0] ?? 0).toFixed(2)),
    }
  }
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal, in ticks. */
function processorTimes(): { readonly total: number; readonly idle: number; readonly steal: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const ticks = line.split(/\s+/).slice(1, 9).map(Number)
  return { total: ticks.reduce((sum, tick) => sum + tick, 0), idle: ticks[3] ?? 0, steal: ticks[7] ?? 0 }
}
