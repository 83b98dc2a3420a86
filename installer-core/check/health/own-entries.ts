import type { BootEntry, Machine } from '../../model/machine.ts'
import type { StepOf } from '../../model/plan.ts'
import { bootFileKey } from '../../probe/boot-entries.ts'

type Made = StepOf<'create-boot-entry'>

/** The entries that start the system which Berth installed. */
export interface OwnEntries {
  /** Berth's entry; null when there is none. */
  readonly kept: BootEntry | null
  /** More of Berth's own: the very same bytes under other numbers, which firmware or an update brought back. */
  readonly spare: readonly BootEntry[]
  /** Somebody else's that start the same file: never touched. */
  readonly foreign: readonly BootEntry[]
}

/**
 * Tells Berth's entries from others that start the same file. Berth's are the bytes that it wrote, under whatever number,
 * and what firmware made of them under the number they were written to.
 */
export function ownEntries({ firmware }: Machine, made: Made): OwnEntries {
  const entries = [...firmware.bootEntries].sort((a, b) => a.number - b.number)
  const exact = entries.filter((entry) => entry.data === made.data)
  const here = entries.filter((entry) => entry.number === made.entry && startsFileOf(entry, made))
  const own = [...new Set([...exact.filter((one) => here.includes(one)), ...exact, ...here])]
  const foreign = entries.filter((entry) => startsFileOf(entry, made) && !own.includes(entry))
  const [kept = null, ...spare] = own
  return { kept, spare, foreign }
}

/** True for an entry that leads to the file which Berth's entry leads to, on the same partition. */
export function startsFileOf(entry: BootEntry, made: Made): boolean {
  if (entry.partition !== made.partition || entry.path === null) return false
  return bootFileKey(entry.path) === bootFileKey(made.path)
}
