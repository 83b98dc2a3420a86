import { GiB, KiB, MiB } from '../../installer-core/base/bytes.ts'

/** Numbers, sizes and times for people, by the platform's own rules for a language. */
export interface Format {
  /** A size in bytes: `36 GiB`, in German `1,5 GiB`. Rounded down to one digit. */
  readonly size: (bytes: number) => string
  readonly number: (value: number) => string
  readonly percent: (share: number) => string
  /** A duration in seconds: `3 minutes`. */
  readonly time: (seconds: number) => string
  /** A day: `28 February 2027`. */
  readonly date: (iso: string) => string
  readonly list: (items: readonly string[]) => string
}

const units = [
  [1024 * GiB, 'TiB'],
  [GiB, 'GiB'],
  [MiB, 'MiB'],
  [KiB, 'KiB'],
  [1, 'B'],
] as const

const known = new Map<string, Format>()

/** How a language writes quantities. Made once for each: the platform's own rules take long to set up. */
export function formatFor(locale: string): Format {
  const format = known.get(locale) ?? newFormat(locale)
  known.set(locale, format)
  return format
}

function newFormat(locale: string): Format {
  const one = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }))
  const share = once(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }))
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits: 0,
    }).format(value)
  return {
    size(bytes) {
      const [scale, name] = units.find(([least]) => bytes >= least) ?? [1, 'B']
      return `${one().format(Math.floor((bytes / scale) * 10) / 10)}\u00a0${name}`
    },
    number: (value) => one().format(value),
    percent: (value) => share().format(value),
    time(seconds) {
      if (seconds < 90) return unit(Math.max(1, Math.round(seconds)), 'second')
      return seconds < 5400
        ? unit(Math.round(seconds / 60), 'minute')
        : unit(Math.round(seconds / 3600), 'hour')
    },
    date: (iso) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso)),
    list: (items) => listOf(locale, items),
  }
}

function once<T>(make: () => T): () => T {
  let made: T | null = null
  return () => (made ??= make())
}

function listOf(locale: string, items: readonly string[]): string {
  return new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' }).format([...items])
}
