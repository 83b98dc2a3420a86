import { malformed, ok, type Result } from '../../base/result.ts'

/** Groups of a key file and their entries; values as they are written, with their escapes. */
export type Keyfile = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Longer ones are refused: a connection of NetworkManager has less than a kilobyte. */
export const keyfileLimit = 64 * 1024

const group = /^\[([^[\]\p{C}]+)\]\s*$/u
const entry = /^([^=[\]\s][^=[\]]*?)\s*=\s*(.*)$/s

/**
 * A file of groups and entries as GLib reads it (GKeyFile, "Key-value file parser"): comments begin with `#`, a group that
 * comes again goes on, an entry that comes again replaces the former one. `malformed` for a line that is none of these, an
 * entry before the first group, and control characters but for tabs.
 */
export function parseKeyfile(text: string): Result<Keyfile> {
  if (text.length > keyfileLimit) return malformed('keyfile', 'file', keyfileLimit, `${keyfileLimit}`, 'more')
  const groups = new Map<string, Map<string, string>>()
  let current: Map<string, string> | null = null
  let offset = 0
  for (const whole of text.split('\n')) {
    const line = whole.replace(/\r$/, '')
    const [, name] = group.exec(line) ?? []
    const [, key, value] = entry.exec(line) ?? []
    const isEntry = key !== undefined && value !== undefined && current !== null && isPlain(line)
    if (name !== undefined) {
      current = groups.get(name) ?? new Map<string, string>()
      groups.set(name, current)
    } else if (isEntry) current?.set(key, value)
    else if (!/^\s*(#|$)/.test(line))
      return malformed('keyfile', 'line', offset, 'a group, an entry or a comment', 'something else')
    offset += whole.length + 1
  }
  return ok(groups)
}

/** A value without its escapes (`\s`, `\n`, `\t`, `\r`, `\\`); others stay as they are. */
export function plainValue(value: string): string {
  return value.replace(/\\([sntr\\])/g, (_, letter: string) => escapes[letter] ?? letter)
}

const escapes: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }

function isPlain(line: string): boolean {
  return !/[^\P{Cc}\t]/u.test(line)
}
