import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../base/json.ts'
import { expectOk, done, ok } from '../base/result.ts'
import { seeded, fuzzInputs } from '../formats/testing/fuzz.ts'
import { encodeRecord, JournalWriter, parseJournal, type JournalEntry } from './journal.ts'

const time = '2026-11-21T05:00:00.000Z'
const entries: readonly JournalEntry[] = [
  { record: 'prepared', step: 0, undo: { text: 'ÄÖ "quoted"\n' } },
  { record: 'applied', step: 0, durationMs: 12.5 },
  { record: 'verified', step: 0, evidence: [] },
  { record: 'undoing', reason: 'failure' },
  { record: 'undone', step: 0, left: ['file /a (it is not ours)'] },
  { record: 'ended', outcome: 'rolled-back' },
]
const lines = entries.map((entry, sequence) => encodeRecord({ ...entry, time, sequence }))
const whole = Buffer.concat(lines)

function memoryStore() {
  let data = Buffer.alloc(0)
  return {
    get data() {
      return data
    },
    set data(value) {
      data = value
    },
    runs: async () => ok(['r']),
    read: async () => ok(new Uint8Array(data)),
    append: async (_: string, more: Uint8Array) => {
      data = Buffer.concat([data, more])
      return done
    },
    lock: async () => ok(async () => undefined),
  }
}

describe('journal', () => {
  it('gives back what was appended', () => {
    const parsed = expectOk(parseJournal(whole))
    expect(parsed.endsClean).toBe(true)
    expect(parsed.records).toEqual(entries.map((entry, sequence) => ({ ...entry, time, sequence })))
  })

  it('tolerates a last record torn at every byte, and takes a new one after it', async () => {
    const last = lines.at(-1)!
    const start = whole.length - last.length
    for (let length = 0; length <= last.length; length += 1) {
      const store = memoryStore()
      store.data = Buffer.from(whole.subarray(0, start + length))
      const torn = expectOk(parseJournal(store.data))
      const arrived = length >= last.length - 1 ? entries.length : entries.length - 1
      expect(torn.records, `torn at ${length}`).toHaveLength(arrived)
      const writer = new JournalWriter(store, 'r', () => time, torn)
      expectOk(await writer.append({ record: 'undone', step: 7, left: [] }))
      const after = expectOk(parseJournal(store.data))
      expect(after.records).toHaveLength(arrived + 1)
      expect(after.records.at(-1)).toMatchObject({ record: 'undone', step: 7, sequence: arrived })
    }
  })

  it('calls any damage before the last record damage, byte by byte', () => {
    // The newline before the last record counts as that record's: without it both are one torn line.
    const last = whole.length - lines.at(-1)!.length - 1
    for (let at = 0; at < last; at += 1) {
      const data = Buffer.from(whole)
      data[at] = (data[at] ?? 0) ^ 0x01
      const parsed = parseJournal(data)
      expect(parsed.ok ? 'ok' : parsed.failure.code, `byte ${at}`).toBe('journal-damaged')
    }
  })

  it('refuses a gap, a repetition and a foreign schema', () => {
    const code = (data: Uint8Array) => {
      const parsed = parseJournal(data)
      return parsed.ok ? 'ok' : parsed.failure.code
    }
    expect(code(Buffer.concat([lines[0]!, lines[2]!]))).toBe('journal-damaged')
    expect(code(Buffer.concat([lines[0]!, lines[0]!]))).toBe('journal-damaged')
    const foreign = { record: 'dreamt', time, sequence: 0 } as unknown as Parameters<typeof encodeRecord>[0]
    expect(code(encodeRecord(foreign))).toBe('journal-damaged')
  })

  it('goes on after an append that failed half-way', async () => {
    const store = memoryStore()
    const failing = {
      ...store,
      append: async (_: string, more: Uint8Array) => {
        store.data = Buffer.concat([store.data, more.subarray(0, 20)])
        return { ok: false, failure: { code: 'no-space', facts: {} } } as const
      },
    }
    const writer = new JournalWriter(failing, 'r', () => time)
    expect((await writer.append(entries[0]!)).ok).toBe(false)
    failing.append = store.append as never
    expectOk(await writer.append(entries[0]!))
    expect(expectOk(parseJournal(store.data)).records).toHaveLength(1)
  })

  it('never throws, and never invents a record, on mutated journals', () => {
    const random = seeded(7)
    const known = new Set(expectOk(parseJournal(whole)).records.map((record) => canonicalJson(record)))
    const rounds = Math.min(fuzzInputs, 20_000)
    for (let n = 0; n < rounds; n += 1) {
      let data = Buffer.from(whole)
      for (let k = 1 + Math.floor(random() * 4); k > 0; k -= 1)
        data[Math.floor(random() * data.length)] = Math.floor(random() * 256)
      if (random() < 0.3) data = data.subarray(0, Math.floor(random() * data.length))
      const parsed = parseJournal(data)
      if (!parsed.ok) {
        expect(parsed.failure.code).toBe('journal-damaged')
        continue
      }
      for (const record of parsed.value.records) expect(known.has(canonicalJson(record))).toBe(true)
    }
  })
})
