import type { Layout } from '../model/plan.ts'
import type { Locale } from '../text/locale.ts'
import { sentence } from '../text/sentence.ts'
import type { Names } from './plan-names.ts'

type Row = Layout['partitions'][number]

/** A disk before and after as rows in the order of the disk: what stays, what changes its size, what comes, what goes. */
export function describeLayout(
  before: Layout,
  after: Layout,
  names: Names,
  locale: Locale = 'en',
): readonly string[] {
  const gone = before.partitions.filter((row) => same(after, row) === undefined)
  const rows = [...after.partitions, ...gone].sort((a, b) => a.start - b.start)
  return rows.map((row) => {
    const old = same(before, row)
    const facts = { slot: row.slot, role: row.role, size: row.size, name: nameOf(row, names) }
    if (old === undefined) return sentence('plan.row.new', facts, locale)
    if (gone.includes(row)) return sentence('plan.row.gone', facts, locale)
    if (old.size === row.size) return sentence('plan.row.partition', facts, locale)
    return sentence('plan.row.changed', { ...facts, from: old.size }, locale)
  })
}

function same(layout: Layout, row: Row): Row | undefined {
  return layout.partitions.find((other) => other.partition === row.partition)
}

function nameOf(row: Row, names: Names): string {
  const name = names.volume(row.partition)
  return name === row.partition ? '' : name
}
