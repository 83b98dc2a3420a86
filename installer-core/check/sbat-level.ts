/** A component whose generation shim would refuse. */
export interface SbatRevocation {
  readonly component: string
  readonly required: number
  readonly found: number
}

/**
 * Compares a program's `.sbat` with the level that shim enforces (both CSV, `component,generation,…`; shim's SBAT.md):
 * the first component whose generation is below the level, or null. A component that the level does not name passes.
 */
export function sbatRevocation(sbat: string, level: string): SbatRevocation | null {
  const enforced = generations(level)
  for (const [component, found] of generations(sbat)) {
    const required = enforced.get(component)
    if (required !== undefined && found < required) return { component, required, found }
  }
  return null
}

function generations(csv: string): ReadonlyMap<string, number> {
  const rows = csv.split(/\r?\n/).map((line) => line.split(','))
  return new Map(
    rows.flatMap(([component, generation]) =>
      component !== undefined && /^\d+$/.test(generation ?? '') ? [[component, Number(generation)]] : [],
    ),
  )
}
