import { ok, malformed, type Result } from '../../base/result.ts'
import type { Work } from '../byte-view.ts'

/** What a component of a binary says of itself, or what a level requires of it (shim's SBAT document). */
export interface SbatComponent {
  readonly component: string
  readonly generation: number
}

/** One line of a binary's `.sbat` section. */
export interface SbatEntry extends SbatComponent {
  /** Vendor, package, version, address: for people, not compared. */
  readonly about: readonly string[]
}

/** A revocation level (SbatLevel, SbatLevelRT). */
export interface SbatLevel {
  /** When it was issued, `2024040900`; '' when it does not say. */
  readonly date: string
  readonly minimum: readonly SbatComponent[]
}

/** A component that is older than the level requires. */
export interface SbatRefusal {
  readonly component: string
  readonly required: number
  readonly found: number
}

const maxLines = 1024
const maxGeneration = 0x7fff_ffff

/**
 * Reads a `.sbat` section: its first line names `sbat`, every line has a component and a whole generation. A NUL, as
 * padding, ends it. Visits each line once.
 */
export function parseSbatSection(data: Uint8Array, work?: Work): Result<readonly SbatEntry[]> {
  const lines = readLines(data, work)
  if (!lines.ok) return lines
  return ok(lines.value.map(({ component, generation, rest }) => ({ component, generation, about: rest })))
}

/** Reads a revocation level: as a section, with a date after `sbat`'s own generation. */
export function parseSbatLevel(data: Uint8Array, work?: Work): Result<SbatLevel> {
  const lines = readLines(data, work)
  if (!lines.ok) return lines
  return ok({
    date: lines.value[0]?.rest[0] ?? '',
    minimum: lines.value.map(({ component, generation }) => ({ component, generation })),
  })
}

/**
 * Components of the binary that the level refuses: of a lower generation than required. A component that the level does
 * not name is not refused; one that the binary does not have need not be there.
 */
export function compareSbat(section: readonly SbatComponent[], level: SbatLevel): readonly SbatRefusal[] {
  return section.flatMap(({ component, generation: found }) =>
    level.minimum
      .filter((required) => required.component === component && found < required.generation)
      .map((required) => ({ component, required: required.generation, found })),
  )
}

interface Line extends SbatComponent {
  readonly rest: readonly string[]
}

function readLines(data: Uint8Array, work: Work = { bytes: 0, entries: 0 }): Result<readonly Line[]> {
  const end = data.indexOf(0)
  const used = end === -1 ? data : data.subarray(0, end)
  work.bytes += used.length
  const found: Line[] = []
  let at = 0
  while (at < used.length) {
    const newline = used.indexOf(0x0a, at)
    const next = newline === -1 ? used.length : newline
    if (found.length >= maxLines) return malformed('sbat', 'lines', at, `at most ${maxLines}`, 'more')
    work.entries += 1
    const line = readLine(used.subarray(at, next), at, found.length)
    if (!line.ok) return line
    if (line.value !== null) found.push(line.value)
    at = next + 1
  }
  const first = found[0]?.component
  return first === 'sbat' ? ok(found) : malformed('sbat', 'lines[0].component', 0, 'sbat', first ?? 'nothing')
}

/** Null for an empty line. */
function readLine(data: Uint8Array, offset: number, index: number): Result<Line | null> {
  const text = new TextDecoder('utf-8').decode(data).replace(/\r$/, '')
  if (text === '') return ok(null)
  const [component = '', digits = '', ...rest] = text.split(',')
  if (component === '') return malformed('sbat', `lines[${index}].component`, offset, 'a name', 'nothing')
  const generation = /^[0-9]{1,10}$/.test(digits) ? Number(digits) : 0
  if (generation < 1 || generation > maxGeneration)
    return malformed('sbat', `lines[${index}].generation`, offset, `1 to ${maxGeneration}`, digits)
  return ok({ component, generation, rest })
}
