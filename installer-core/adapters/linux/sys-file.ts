import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'

/** An attribute's text without the white space around it; null when it is not there or cannot be read. */
export function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return null
  }
}

/** A number in an attribute; null when there is none. */
export function readNumber(path: string): number | null {
  const text = readText(path)
  const value = text === null || text === '' ? Number.NaN : Number(text)
  return Number.isSafeInteger(value) ? value : null
}

/** Names in a folder, sorted; none when it is not there. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

/** Where links lead in the end; the path itself when it leads nowhere. */
export function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path
}
