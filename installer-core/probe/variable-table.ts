import { fromHex, type Guid } from '../base/guid.ts'
import type { RawVariable } from '../model/machine.ts'

/** Firmware variables, found by vendor and name (names compare with case, as firmware does). */
export interface VariableTable {
  readonly all: readonly RawVariable[]
  /** The data; null when the variable is absent. */
  data(vendor: Guid, name: string): Uint8Array | null
}

/** A table over what an adapter read. */
export function variableTable(variables: readonly RawVariable[]): VariableTable {
  const key = (vendor: Guid, name: string) => `${vendor}/${name}`
  const byName = new Map(variables.map((variable) => [key(variable.vendor, variable.name), variable]))
  return {
    all: variables,
    data(vendor, name) {
      const found = byName.get(key(vendor, name))
      return found === undefined ? null : fromHex(found.data)
    },
  }
}

/** A variable that holds one byte, 0 or 1; null when it is absent, 'malformed' when it is anything else. */
export function readFlag(table: VariableTable, vendor: Guid, name: string): boolean | null | 'malformed' {
  const data = table.data(vendor, name)
  if (data === null) return null
  return data.length === 1 && (data[0] ?? 2) <= 1 ? data[0] === 1 : 'malformed'
}

/** UTF-16LE text up to a NUL or the end, as the Boot Loader Interface stores it. */
export function readUtf16(table: VariableTable, vendor: Guid, name: string): string | null {
  const data = table.data(vendor, name)
  if (data === null) return null
  const units = Array.from(
    { length: data.length >> 1 },
    (_, i) => (data[2 * i] ?? 0) | ((data[2 * i + 1] ?? 0) << 8),
  )
  const end = units.indexOf(0)
  return String.fromCharCode(...(end < 0 ? units : units.slice(0, end)).slice(0, 4096))
}

/** ASCII text without trailing NULs and white space. */
export function readAscii(table: VariableTable, vendor: Guid, name: string): string | null {
  const data = table.data(vendor, name)
  return data === null ? null : String.fromCharCode(...data.subarray(0, 4096)).replace(/[\0\s]+$/, '')
}
