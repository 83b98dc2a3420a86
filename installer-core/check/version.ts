/** The dotted number in a release id `<name>-<version>-<architecture>`; null when it has none. */
export function versionOf(releaseId: string): string | null {
  return /-(\d+(?:\.\d+){0,3})-[^-]+$/.exec(releaseId)?.[1] ?? null
}

/** Compares dotted numbers number by number (`2026.9` < `2026.10`): negative, zero or positive. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
