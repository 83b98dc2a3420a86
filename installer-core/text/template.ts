import type { Fact, Facts } from '../base/failure.ts'
import { formatBytes, formatDuration, formatSize } from './quantity.ts'

const placeholder = /\{([a-zA-Z]+)(?:\|(bytes|size|time|entry))?\}/g

const formats = {
  bytes: (value: Fact) => (typeof value === 'number' ? formatBytes(value) : plain(value)),
  size: (value: Fact) => (typeof value === 'number' ? formatSize(value) : plain(value)),
  time: (value: Fact) => (typeof value === 'number' ? formatDuration(value) : plain(value)),
  entry: (value: Fact) =>
    typeof value === 'number' ? `Boot${value.toString(16).toUpperCase().padStart(4, '0')}` : plain(value),
} as const

/**
 * Fills a sentence: `{name}` with the fact as it is, `{name|bytes}` exactly with unit and byte count, `{name|size}`
 * rounded, `{name|time}` from seconds, `{name|entry}` as a boot entry's name. A fact that is missing shows as `?`.
 */
export function fillTemplate(template: string, facts: Facts): string {
  return template.replace(placeholder, (_, name: string, format: keyof typeof formats | undefined) => {
    const value = facts[name]
    if (value === undefined || value === null) return '?'
    return format === undefined ? plain(value) : formats[format](value)
  })
}

/** The facts a sentence asks for. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map((match) => match[1] ?? '')
}

function plain(value: Fact): string {
  return value === null ? '?' : String(value)
}
