import { createHash } from 'node:crypto'
import type { BytesAt } from './bytes-at.ts'
import { readFatFile } from './fat-reader.ts'
import { guidAt, readGpt } from './gpt-reader.ts'

/** What a start from one entry would load. */
export interface Started {
  readonly entry: number | 'default'
  readonly partition: string
  readonly sha256: string
}

const globalVariable = '8be4df61-93ca-11d2-aa0d-00e098032b8c'
const esp = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b'

/**
 * What starts, by the rules of UEFI 2.10, 3.1: BootNext, then BootOrder entry by entry, then the default path of every
 * ESP; whatever cannot be loaded is passed over. `withNext` false: the start after the next one.
 */
export function whatStarts(
  disks: readonly BytesAt[],
  variables: ReadonlyMap<string, Buffer>,
  withNext: boolean,
): Started | null {
  const next = withNext ? numbers(variables.get(`${globalVariable}/BootNext`)).slice(0, 1) : []
  for (const entry of [...next, ...numbers(variables.get(`${globalVariable}/BootOrder`))]) {
    const started = load(disks, entry, variables.get(entryKey(entry)))
    if (started !== null) return started
  }
  for (const disk of disks)
    for (const partition of readGpt(disk) ?? []) {
      if (partition.type !== esp) continue
      const data = readFatFile(disk, partition.start, '/EFI/BOOT/BOOTX64.EFI')
      if (data !== null) return { entry: 'default', partition: partition.guid, sha256: digest(data) }
    }
  return null
}

export function entryKey(entry: number): string {
  return `${globalVariable}/Boot${entry.toString(16).toUpperCase().padStart(4, '0')}`
}

export function numbers(data: Buffer | undefined): number[] {
  return Array.from({ length: (data?.length ?? 0) >> 1 }, (_, i) => data?.readUInt16LE(2 * i) ?? 0)
}

/** Variables of the global namespace and Berth's, as text to compare; BootCurrent and the like are not in a store. */
export function bootVariables(variables: ReadonlyMap<string, Buffer>): Record<string, string> {
  return Object.fromEntries(
    [...variables].map(([key, data]): [string, string] => [key, data.toString('hex')]).sort(),
  )
}

function load(disks: readonly BytesAt[], entry: number, option: Buffer | undefined): Started | null {
  if (option === undefined || (option.readUInt32LE(0) & 1) === 0) return null
  let at = 6
  while (at + 1 < option.length && option.readUInt16LE(at) !== 0) at += 2
  at += 2
  const end = Math.min(option.length, at + option.readUInt16LE(4))
  let guid: string | null = null
  let path = ''
  while (at + 4 <= end && option[at] !== 0x7f) {
    const length = option.readUInt16LE(at + 2)
    if (option[at] === 4 && option[at + 1] === 1) guid = guidAt(option, at + 24)
    if (option[at] === 4 && option[at + 1] === 4)
      path += option.toString('utf16le', at + 4, at + length).replace(/\0+$/, '')
    at += Math.max(4, length)
  }
  return guid === null || path === '' ? null : loadFile(disks, entry, guid, path)
}

function loadFile(disks: readonly BytesAt[], entry: number, guid: string, path: string): Started | null {
  for (const disk of disks)
    for (const partition of readGpt(disk) ?? []) {
      if (partition.guid !== guid) continue
      const data = readFatFile(disk, partition.start, path)
      return data === null ? null : { entry, partition: guid, sha256: digest(data) }
    }
  return null
}

export function digest(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
