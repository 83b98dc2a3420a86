import type { Fact, Facts } from '../base/failure.ts'
import type { Evidence } from '../model/report.ts'
import type { Locale } from './locale.ts'
import { sentence } from './sentence.ts'
import { entryName } from './template.ts'

interface Topic {
  readonly key: string
  readonly codes: readonly string[]
  /** The facts that name the thing, the best first. */
  readonly by: readonly string[]
  /** One line a thing; otherwise one line for all of them. */
  readonly each?: true
}

const topics: readonly Topic[] = [
  { key: 'volume', codes: ['volume-shrunk', 'volume-size'], by: ['partition', 'what'], each: true },
  {
    key: 'partition',
    codes: ['partition-there', 'partition-start', 'partition-blocks', 'partition-type'],
    by: ['partition', 'what'],
    each: true,
  },
  { key: 'formatted', codes: ['volume-formatted'], by: ['partition', 'what'] },
  { key: 'files', codes: ['file-there', 'file-size', 'file-hash'], by: ['path', 'what'] },
  { key: 'manifest', codes: ['manifest-there'], by: ['path'] },
  { key: 'credentials', codes: ['credential-there'], by: ['what'] },
  { key: 'entry', codes: ['entry-there', 'entry-bytes'], by: ['entry', 'what'], each: true },
  { key: 'next', codes: ['trial-armed', 'next-start', 'next-start-set'], by: ['entry', 'value'], each: true },
  { key: 'stage-begun', codes: ['stage-begun'], by: ['partition'] },
  { key: 'order', codes: ['trial-confirmed', 'order-set'], by: ['order', 'value'], each: true },
  { key: 'dropped', codes: ['entry-dropped'], by: ['entry', 'what'], each: true },
  { key: 'next-cleared', codes: ['next-start-cleared'], by: ['what', 'entry'] },
  { key: 'partitions-kept', codes: ['partition-kept'], by: ['what'] },
  { key: 'files-kept', codes: ['files-kept'], by: ['where'] },
  { key: 'entries-kept', codes: ['entry-kept'], by: ['what'] },
  { key: 'order-kept', codes: ['order-kept'], by: ['what'] },
  { key: 'table', codes: ['table-identical'], by: ['what'] },
  { key: 'check-follows', codes: ['check-follows'], by: ['what'], each: true },
]

/** Whether a piece of evidence has words. */
export function hasEvidenceWords(code: string): boolean {
  return code === 'gone' || topics.some((topic) => topic.codes.includes(code))
}

/**
 * What was proven, as a short list of sentences: each thing once, however often it was looked at. A code of another
 * version comes as it is.
 */
export function describeEvidence(evidence: readonly Evidence[], locale: Locale = 'en'): readonly string[] {
  const unknown = evidence.map(({ code }) => code).filter((code) => !hasEvidenceWords(code))
  return [
    ...goneLines(evidence, locale),
    ...topics.flatMap((topic) => topicLines(topic, evidence, locale)),
    ...new Set(unknown),
  ]
}

function topicLines(topic: Topic, evidence: readonly Evidence[], locale: Locale): readonly string[] {
  const things = new Map<string, Facts>()
  for (const { code, facts } of evidence) {
    if (!topic.codes.includes(code)) continue
    const name = thingName(topic.by.map((fact) => facts[fact]).find((fact) => fact !== undefined) ?? null)
    things.set(name, { ...facts, ...things.get(name) })
  }
  if (things.size === 0) return []
  const names = [...things.keys()]
  const lines = topic.each ? [...things].map(([name, facts]) => ({ ...facts, name })) : [sum(things)]
  return lines.map((facts: Facts) =>
    sentence(`proof.${topic.key}`, { ...facts, list: names.join(', ') }, locale),
  )
}

function sum(things: ReadonlyMap<string, Facts>): Facts {
  const counts = [...things.values()].map(({ count }) => (typeof count === 'number' ? count : 0))
  return {
    things: things.size,
    count: counts.reduce((total, count) => total + count, 0),
    only: things.size === 1 ? ([...things.keys()][0] ?? null) : null,
  }
}

/** Boot entries come as numbers, as four digits or by their name: here they all get the name. */
function thingName(fact: Fact): string {
  if (typeof fact === 'number') return entryName(fact)
  return String(fact)
    .replaceAll(/(?<=^|,)[0-9A-F]{4}(?=,|$)/g, 'Boot$&')
    .replaceAll(/,(?=\S)/g, ', ')
}

function goneLines(evidence: readonly Evidence[], locale: Locale): readonly string[] {
  const gone = evidence.filter(({ code }) => code === 'gone')
  if (gone.length === 0) return []
  const kinds = [...new Set(gone.map(({ facts }) => String(facts['kind'])))]
  const parts = kinds.map((kind) => {
    const names = gone
      .filter(({ facts }) => facts['kind'] === kind)
      .map(({ facts }) => thingName(facts['what'] ?? null))
    return sentence(
      `proof.gone.${kind.replace(' ', '-')}`,
      { count: names.length, list: names.join(', ') },
      locale,
    )
  })
  return [sentence('proof.gone', { list: listed(parts, locale) }, locale)]
}

function listed(parts: readonly string[], locale: Locale): string {
  if (parts.length < 2) return parts.join('')
  return sentence('proof.gone.and', { list: parts.slice(0, -1).join(', '), last: parts.at(-1) ?? '' }, locale)
}
