import { lstatSync } from 'node:fs'
import { dirname } from 'node:path'

const writableByOthers = 0o022
const [kindMask, link] = [0o170000, 0o120000]

/**
 * True when nobody but root can change what lies at this path: it and every folder above it belong to root and can be
 * written by nobody else. Links do not count.
 */
export function isRootsOwn(
  path: string,
  stat: (path: string) => { readonly uid: number; readonly mode: number } = lstatSync,
): boolean {
  try {
    const { uid, mode } = stat(path)
    if ((mode & kindMask) === link || uid !== 0 || (mode & writableByOthers) !== 0) return false
  } catch {
    return false
  }
  return path === dirname(path) || isRootsOwn(dirname(path), stat)
}
