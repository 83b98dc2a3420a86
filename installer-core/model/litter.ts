/** What systems leave on every volume they see; nobody misses it. Lower case. */
const litter = new Set([
  'system volume information',
  '$recycle.bin',
  '.trashes',
  '.fseventsd',
  '.spotlight-v100',
  'random-seed',
])

/** True for a name (of a file or a folder) that systems put on every volume by themselves. */
export function isLitter(name: string): boolean {
  return litter.has(name.toLowerCase())
}
