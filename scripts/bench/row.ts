/** One measured thing, as `npm run bench -- --json` prints it. */
export interface Row {
  readonly name: string
  /** In `unit`; absent when it is a ratio. */
  readonly value?: number
  readonly unit?: string
  /** Ours divided by the other's, both measured in this run. */
  readonly ratio?: number
  /** What it should be at most (or at least, when `more` is better); null where there is none. */
  readonly goal: number | null
  readonly better: 'less' | 'more'
  readonly ok: boolean
  /** Least and most of the runs. */
  readonly range: readonly [number, number]
  readonly runs: number
  /** What was compared with what, and with which medians. */
  readonly note: string
}

interface Measured {
  readonly name: string
  readonly samples: readonly number[]
  readonly goal?: number
  readonly better?: 'less' | 'more'
  readonly note: string
}

/** A row of a value: the median of its samples. */
export function valueRow({ unit, ...measured }: Measured & { readonly unit: string }): Row {
  return { ...common(measured), value: rounded(median(measured.samples)), unit }
}

/** A row of a ratio: the median of the ratios of runs made one right after the other. */
export function ratioRow(measured: Measured): Row {
  return { ...common(measured), ratio: rounded(median(measured.samples)) }
}

function common({ name, samples, goal, better = 'less', note }: Measured) {
  const middle = median(samples)
  const reached = goal === undefined || (better === 'less' ? middle <= goal : middle >= goal)
  const range = [rounded(Math.min(...samples)), rounded(Math.max(...samples))] as const
  return { name, goal: goal ?? null, better, ok: reached, range, runs: samples.length, note }
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}

/** The value below which this part (0 to 1) of the samples lies. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
