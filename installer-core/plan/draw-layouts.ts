import { MiB } from '../base/bytes.ts'
import type { Layout } from '../model/plan.ts'
import type { Locale } from '../text/locale.ts'
import { sentence } from '../text/sentence.ts'
import type { Names } from './plan-names.ts'

const width = 78
/** So that a small partition can still be seen, and its number read. */
const leastWidth = 4

interface Drawing {
  readonly sectorSize: number
  readonly names: Names
  readonly locale: Locale
}

/** A stretch of the disk in bytes, and what is written in it. */
interface Stretch {
  readonly from: number
  readonly to: number
  readonly labels: readonly string[]
  readonly fill: string
}

/**
 * A disk before and after as two bars above each other, to scale but for small partitions, which are drawn wide enough
 * to be seen: what lies above each other is the same place on the disk. The numbers are the slots of the table.
 */
export function drawLayouts(before: Layout, after: Layout, drawing: Drawing): readonly string[] {
  const bars = [stretches(before, before, drawing), stretches(after, before, drawing)] as const
  const columns = columnsFor(bars.flat())
  const heads = ['before', 'after'].map((when) => sentence(`plan.picture.${when}`, {}, drawing.locale))
  const indent = Math.max(...heads.map((head) => head.length))
  return [...bars.map((bar, i) => `${(heads[i] ?? '').padEnd(indent)}  ${drawBar(bar, columns)}`), '']
}

function stretches(
  layout: Layout,
  before: Layout,
  { sectorSize, names, locale }: Drawing,
): readonly Stretch[] {
  const known = new Set<string>(before.partitions.map((row) => row.partition))
  const partitions = layout.partitions.map(({ partition, slot, start, size }) => {
    const isNew = !known.has(partition)
    const name = isNew ? sentence('plan.picture.new', {}, locale) : names.volume(partition)
    const from = start * sectorSize
    return { from, to: from + size, labels: [`${slot} ${name}`, `${slot}`], fill: isNew ? '+' : ' ' }
  })
  const gaps = layout.gaps
    .filter(({ size }) => size > MiB)
    .map(({ start, size }) => {
      const from = start * sectorSize
      return { from, to: from + size, labels: [sentence('plan.picture.free', {}, locale), ''], fill: '.' }
    })
  return [...partitions, ...gaps].sort((a, b) => a.from - b.from)
}

/** The column at which each edge of any stretch is drawn. */
function columnsFor(all: readonly Stretch[]): ReadonlyMap<number, number> {
  const edges = [...new Set(all.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const spans = edges.slice(1).map((to, i) => {
    const from = edges[i] ?? 0
    const covered = all.some((stretch) => stretch.from < to && stretch.to > from)
    return { size: covered ? to - from : 0, least: covered ? leastWidth : 0 }
  })
  const total = spans.reduce((sum, { size }) => sum + size, 0)
  const spare = Math.max(0, width - spans.reduce((sum, { least }) => sum + least, 0))
  let column = 0
  let before = 0
  return new Map(
    edges.map((edge, i) => {
      const { size, least } = spans[i - 1] ?? { size: 0, least: 0 }
      column += least
      before += size
      return [edge, column + Math.round(total === 0 ? 0 : (spare * before) / total)]
    }),
  )
}

function drawBar(bar: readonly Stretch[], columns: ReadonlyMap<number, number>): string {
  let line = ''
  for (const { from, to, labels, fill } of bar) {
    const start = columns.get(from) ?? 0
    const inside = (columns.get(to) ?? 0) - start - 1
    const label = labels.find((text) => text.length + 2 <= inside) ?? labels.at(-1) ?? ''
    line = `${line.padEnd(start)}|${centred(label, inside, fill)}`
  }
  return `${line}|`
}

function centred(label: string, space: number, fill: string): string {
  const text = label === '' || label.length + 2 > space ? label : ` ${label} `
  const left = Math.max(0, Math.floor((space - text.length) / 2))
  return `${fill.repeat(left)}${text}`.padEnd(space, fill).slice(0, Math.max(0, space))
}
