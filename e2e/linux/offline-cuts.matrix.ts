import { afterAll, beforeAll, it } from 'vitest'
import { seededChooser } from '../ui/testing/seeded.ts'
import { offlineExt4 } from './offline-pc.ts'
import { OfflineStarts, type Cut } from './offline-starts.ts'

const pcs = new OfflineStarts(offlineExt4)
beforeAll(() => pcs.prepare(), 1_000_000)
afterAll(() => pcs.remove())

const choose = seededChooser(5)
/** While the tools work on the overlay, while it is merged, and while the table is written. */
const cuts: readonly Cut[] = [
  ...Array.from({ length: 4 }, () => ({ line: /^Berth: working out/, delayMs: choose(12_000) })),
  ...Array.from({ length: 4 }, () => ({ line: /^Berth: bringing it/, delayMs: choose(5000) })),
  ...Array.from({ length: 2 }, () => ({ line: /^Berth: making the partition/, delayMs: choose(300) })),
]

it.each(cuts.map((cut, index) => [index, cut.line.source, cut.delayMs, cut] as const))(
  'cut %i, after the line %s and %i ms: every file is as it was',
  async (index, _line, _delay, cut) => {
    await pcs.finish(`cut-${index}`, [cut])
  },
)
