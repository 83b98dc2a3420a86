import type { Layout } from '../model/plan.ts'
import type { Locale } from '../text/locale.ts'
import { formatSize } from '../text/quantity.ts'
import { sentence } from '../text/sentence.ts'
import { tableLines } from '../text/table.ts'
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
  return tableLines(
    rows.map((row) => [
      String(row.slot),
      names.role(row.partition) || row.role,
      nameOf(row, names),
      formatSize(row.size, locale),
      noteText(row, same(before, row), gone.includes(row), locale),
    ]),
    '',
  )
}

function noteText(row: Row, old: Row | undefined, gone: boolean, locale: Locale): string {
  if (old === undefined) return sentence('plan.row.new', {}, locale)
  if (gone) return sentence('plan.row.gone', {}, locale)
  return old.size === row.size ? '' : sentence('plan.row.changed', { from: old.size }, locale)
}

function same(layout: Layout, row: Row): Row | undefined {
  return layout.partitions.find((other) => other.partition === row.partition)
}

function nameOf(row: Row, names: Names): string {
  const name = names.volume(row.partition)
  return name === row.partition ? '' : name
}
