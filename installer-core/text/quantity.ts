import { GiB, KiB, MiB } from '../base/bytes.ts'

const units = [
  [1024 * GiB, 'TiB'],
  [GiB, 'GiB'],
  [MiB, 'MiB'],
  [KiB, 'KiB'],
] as const

/** A size to read: `4 GiB`, `93.2 MiB`, `512 bytes`. Binary units, one digit after the point at most. */
export function formatSize(bytes: number): string {
  const unit = units.find(([size]) => bytes >= size)
  if (unit === undefined) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`
  return `${String(Math.floor((bytes / unit[0]) * 10) / 10)} ${unit[1]}`
}

/** A size where confusing MB with MiB would hurt: `93.2 MiB (97,727,283 bytes)`. */
export function formatBytes(bytes: number): string {
  return bytes < KiB ? formatSize(bytes) : `${formatSize(bytes)} (${grouped(bytes)} bytes)`
}

/** A duration in seconds to read: `about 40 seconds`, `about 3 minutes`. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `about ${counted(Math.max(1, Math.round(seconds)), 'second')}`
  if (seconds < 5400) return `about ${counted(Math.round(seconds / 60), 'minute')}`
  return `about ${counted(Math.round(seconds / 3600), 'hour')}`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}
