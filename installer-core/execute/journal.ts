import { crc32 } from '../formats/crc32.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { journalRecordSchema, type JournalRecord } from '../model/journal.ts'
import type { JournalStore } from '../ports/journal-store.ts'

/*
 * A journal is lines `<CRC-32, 8 hex digits> <JSON>\n`. An append that a cut tore leaves a line that does not check;
 * whoever goes on starts a new line with the same sequence number. So a bad line is a torn append exactly when no
 * sequence number is missing after it; a gap means that a durable record was damaged.
 */

/** One record as it is appended. */
export function encodeRecord(record: JournalRecord): Uint8Array {
  const text = JSON.stringify(record)
  const data = new TextEncoder().encode(text)
  return new TextEncoder().encode(`${checksum(data)} ${text}\n`)
}

export interface ParsedJournal {
  readonly records: readonly JournalRecord[]
  /** False when the last append was torn: the next one has to start on a new line. */
  readonly endsClean: boolean
}

/** Reads a run's records. `journal-damaged` when one in the middle is missing or does not follow the schema. */
export function parseJournal(data: Uint8Array): Result<ParsedJournal> {
  const records: JournalRecord[] = []
  for (const [index, line] of splitLines(data).entries()) {
    const json = checkedJson(line)
    if (json === null) continue
    const parsed = journalRecordSchema.safeParse(json)
    if (!parsed.success) return fail('journal-damaged', { what: `line ${index + 1}`, where: 'schema' })
    if (parsed.data.sequence !== records.length) {
      return fail('journal-damaged', {
        what: `line ${index + 1}`,
        required: records.length,
        found: parsed.data.sequence,
      })
    }
    records.push(parsed.data)
  }
  return ok({ records, endsClean: data.length === 0 || data.at(-1) === newline })
}

/** What a record says, without its place in the journal. */
export type JournalEntry = JournalRecord extends infer R
  ? R extends JournalRecord
    ? Omit<R, 'time' | 'sequence'>
    : never
  : never

/** Appends records to one run: numbers them, and is durable when `append` resolves. */
export class JournalWriter {
  readonly run: string
  readonly #store: JournalStore
  readonly #now: () => string
  #sequence: number
  #clean: boolean

  constructor(store: JournalStore, run: string, now: () => string, after?: ParsedJournal) {
    this.run = run
    this.#store = store
    this.#now = now
    this.#sequence = after?.records.length ?? 0
    this.#clean = after?.endsClean ?? true
  }

  async append(entry: JournalEntry): Promise<Result<void>> {
    const record = { ...entry, time: this.#now(), sequence: this.#sequence } as JournalRecord
    const line = encodeRecord(record)
    const appended = await this.#store.append(this.run, this.#clean ? line : withNewLine(line))
    // Whatever a failed append left is a torn line.
    this.#clean = appended.ok
    if (appended.ok) this.#sequence += 1
    return appended
  }
}

const newline = 0x0a

function withNewLine(line: Uint8Array): Uint8Array {
  const out = new Uint8Array(line.length + 1)
  out[0] = newline
  out.set(line, 1)
  return out
}

function splitLines(data: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = []
  let start = 0
  for (let at = data.indexOf(newline); at >= 0; at = data.indexOf(newline, start)) {
    lines.push(data.subarray(start, at))
    start = at + 1
  }
  lines.push(data.subarray(start))
  return lines
}

/** The JSON of a line that checks; null for a torn one. */
function checkedJson(line: Uint8Array): unknown {
  if (line.length < 10 || line[8] !== 0x20) return null
  const body = line.subarray(9)
  if (String.fromCharCode(...line.subarray(0, 8)) !== checksum(body)) return null
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    return null
  }
}

function checksum(data: Uint8Array): string {
  return crc32(data).toString(16).padStart(8, '0')
}
