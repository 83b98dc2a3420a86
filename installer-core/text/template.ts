import type { Fact, Facts } from '../base/failure.ts'
import { formatBytes, formatDuration, formatSize } from './quantity.ts'

const placeholder = /\{([a-zA-Z][a-zA-Z0-9]*)(?:\|(bytes|size|time|entry|n:[a-z /]+))?\}/g

const formats = {
  bytes: (value: Fact) => (typeof value === 'number' ? formatBytes(value) : plain(value)),
  size: (value: Fact) => (typeof value === 'number' ? formatSize(value) : plain(value)),
  time: (value: Fact) => (typeof value === 'number' ? formatDuration(value) : plain(value)),
  entry: (value: Fact) => (typeof value === 'number' ? entryName(value) : plain(value)),
} as const

/** A boot entry's name as firmware has it: `Boot0003`. */
export function entryName(number: number): string {
  return `Boot${number.toString(16).toUpperCase().padStart(4, '0')}`
}

/** A part that is said only when all its facts are there. */
const optionalPart = /\[([^\]]*)\]/g

/**
 * Fills a sentence: `{name}` with the fact as it is, `{name|bytes}` exactly with unit and byte count, `{name|size}`
 * rounded, `{name|time}` from seconds, `{name|entry}` as a boot entry's name, `{name|n:file}` counted (`{name|n:copy/copies}`
 * where an s is not enough). A part in square brackets is left out
 * when one of its facts is missing; elsewhere a missing fact shows as `?`.
 */
export function fillTemplate(template: string, facts: Facts): string {
  const chosen = template.replace(optionalPart, (_, part: string) =>
    placeholdersOf(part).every((name) => isThere(facts[name])) ? part : '',
  )
  return chosen.replace(placeholder, (_, name: string, format: string | undefined) => {
    const value = facts[name] ?? null
    if (format === undefined) return plain(value)
    return format.startsWith('n:')
      ? counted(value, format.slice(2))
      : formats[format as keyof typeof formats](value)
  })
}

function counted(value: Fact, nouns: string): string {
  const [one = '', several = `${one}s`] = nouns.split('/')
  return `${plain(value)} ${value === 1 ? one : several}`
}

function isThere(value: Fact | undefined): boolean {
  return value !== undefined && value !== null && value !== ''
}

/** The facts a sentence cannot do without. */
export function neededPlaceholders(template: string): readonly string[] {
  return placeholdersOf(template.replace(optionalPart, ''))
}

/** The facts a sentence asks for. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map((match) => match[1] ?? '')
}

function plain(value: Fact): string {
  return value === null ? '?' : String(value)
}
