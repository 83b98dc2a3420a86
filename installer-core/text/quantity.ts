import { GiB, KiB, MiB } from '../base/bytes.ts'
import type { Locale } from './locale.ts'

const units = [
  [1024 * GiB, 'TiB'],
  [GiB, 'GiB'],
  [MiB, 'MiB'],
  [KiB, 'KiB'],
] as const

/** How a language writes quantities; nouns as one and several. */
interface Words {
  readonly point: string
  readonly groups: string
  readonly about: string
  readonly byte: readonly [string, string]
  readonly second: readonly [string, string]
  readonly minute: readonly [string, string]
  readonly hour: readonly [string, string]
}

const words: Readonly<Record<Locale, Words>> = {
  en: {
    point: '.',
    groups: ',',
    about: 'about',
    byte: ['byte', 'bytes'],
    second: ['second', 'seconds'],
    minute: ['minute', 'minutes'],
    hour: ['hour', 'hours'],
  },
  de: {
    point: ',',
    groups: '.',
    about: 'etwa',
    byte: ['Byte', 'Byte'],
    second: ['Sekunde', 'Sekunden'],
    minute: ['Minute', 'Minuten'],
    hour: ['Stunde', 'Stunden'],
  },
}

/** A size to read: `4 GiB`, `93.2 MiB`, `512 bytes`. Binary units, one digit after the point at most. */
export function formatSize(bytes: number, locale: Locale = 'en'): string {
  const unit = units.find(([size]) => bytes >= size)
  if (unit === undefined) return counted(bytes, words[locale].byte)
  const value = String(Math.floor((bytes / unit[0]) * 10) / 10)
  return `${value.replace('.', words[locale].point)} ${unit[1]}`
}

/** A size where confusing MB with MiB would hurt: `93.2 MiB (97,727,283 bytes)`. */
export function formatBytes(bytes: number, locale: Locale = 'en'): string {
  const { byte, groups } = words[locale]
  const size = formatSize(bytes, locale)
  return bytes < KiB ? size : `${size} (${grouped(bytes, groups)} ${byte[1]})`
}

/** A duration in seconds to read: `about 40 seconds`, `about 3 minutes`. */
export function formatDuration(seconds: number, locale: Locale = 'en'): string {
  const { about, second, minute, hour } = words[locale]
  if (seconds < 90) return `${about} ${counted(Math.max(1, Math.round(seconds)), second)}`
  if (seconds < 5400) return `${about} ${counted(Math.round(seconds / 60), minute)}`
  return `${about} ${counted(Math.round(seconds / 3600), hour)}`
}

function counted(count: number, [one, several]: readonly [string, string]): string {
  return `${count} ${count === 1 ? one : several}`
}

function grouped(value: number, separator: string): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, separator)
}
