import type { Fact, Facts } from '../base/failure.ts'
import type { Locale } from './locale.ts'
import { formatBytes, formatDuration, formatSize } from './quantity.ts'

const placeholder = /\{([a-zA-Z][a-zA-Z0-9]*)(?:\|(bytes|size|time|entry|n:[\p{L} /-]+))?\}/gu

const formats = {
  bytes: formatBytes,
  size: formatSize,
  time: formatDuration,
  entry: entryName,
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
export function fillTemplate(template: string, facts: Facts, locale: Locale = 'en'): string {
  const chosen = template.replace(optionalPart, (_, part: string) =>
    placeholdersOf(part).every((name) => isThere(facts[name])) ? part : '',
  )
  return chosen.replace(placeholder, (_, name: string, format: string | undefined) => {
    const value = facts[name] ?? null
    if (format?.startsWith('n:')) return counted(value, format.slice(2))
    return format === undefined || typeof value !== 'number'
      ? plain(value)
      : formats[format as keyof typeof formats](value, locale)
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

/** The facts a sentence asks for, each with its way of being written: `size|bytes`, `count|n`, `name`. */
export function placeholderKinds(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map(([, name = '', format]) =>
    format === undefined ? name : `${name}|${format.replace(/:.*/u, '')}`,
  )
}

/** The facts a sentence asks for. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map((match) => match[1] ?? '')
}

function plain(value: Fact): string {
  return value === null ? '?' : String(value)
}
