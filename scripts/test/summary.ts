import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from './phases.ts'

/** The closing lines: what failed, time per phase, the numbers that tests left behind (cuts, faults, boots, fixtures), the totals. */
export function summary(outcomes: readonly Outcome[], countsFolder: string): string {
  const lines = outcomes.map(
    ({ name, passed, failed, seconds }) =>
      `  ${name.padEnd(10)} ${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(0).padStart(6)} s`,
  )
  const total = (key: 'passed' | 'failed') => outcomes.reduce((sum, outcome) => sum + outcome[key], 0)
  return [
    '',
    ...outcomes.flatMap(({ failures }) => failures).map((failure) => `✗ ${failure}\n`),
    ...lines,
    ...countLines(countsFolder),
    '',
    `${total('passed')} passed, ${total('failed')} failed`,
    '',
  ].join('\n')
}

/** How a run was set up, and how long it took, are not sums. */
const notCounts = ['seconds', 'samples']

function countLines(folder: string): string[] {
  const sums = new Map<string, number>()
  for (const file of readdirSync(folder).sort()) {
    const counts = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>
    for (const [name, count] of Object.entries(counts)) {
      if (typeof count === 'number' && !notCounts.includes(name))
        sums.set(name, (sums.get(name) ?? 0) + count)
    }
  }
  return [...sums].map(([name, count]) => `  ${name.padEnd(34)} ${count.toLocaleString('en').padStart(9)}`)
}
