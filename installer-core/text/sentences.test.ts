import { readFileSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { failureCodes } from '../base/failure-code.ts'
import { issueIds } from '../model/issue-id.ts'
import { lossSchema, plannedStepSchema, alternativeSchema } from '../model/plan.ts'
import { outcomes } from '../model/report.ts'
import { describeEvidence, hasEvidenceWords } from './describe-evidence.ts'
import { describeFailure, failureTables } from './failures.ts'
import { describeIssue, issueTables } from './issues.ts'
import { locales, type Locale } from './locale.ts'
import { formatBytes, formatDuration, formatSize } from './quantity.ts'
import { hasSentence, sentence, sentenceTables } from './sentence.ts'
import { neededPlaceholders, placeholderKinds, placeholdersOf } from './template.ts'

const core = fileURLToPath(new URL('..', import.meta.url))
const sourcesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    if (statSync(path).isDirectory()) return name === 'testing' ? [] : sourcesIn(path)
    return name.endsWith('.ts') && !name.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : []
  })
/** Every template of a language by a name of its own: `failure.busy.remedy`, `plan.nothing`. */
const templatesOf = (locale: Locale): ReadonlyMap<string, string> =>
  new Map([
    ...[['failure', failureTables[locale]] as const, ['issue', issueTables[locale]] as const].flatMap(
      ([kind, table]) =>
        Object.entries(table).flatMap(([code, text]) =>
          Object.entries(text).map(([part, said]) => [`${kind}.${code}.${part}`, said as string] as const),
        ),
    ),
    ...Object.entries(sentenceTables[locale]),
  ])

describe('every code has its words', () => {
  it('a title, a message and a remedy for every finding', () => {
    const texts = locales.map((locale) => issueTables[locale])
    for (const table of texts) expect(Object.keys(table).sort()).toEqual([...issueIds].sort())
    for (const text of texts.flatMap((table) => Object.values(table))) {
      expect(text.title.length).toBeGreaterThan(5)
      expect(text.message.length).toBeGreaterThan(15)
      expect(text.remedy.length).toBeGreaterThan(10)
    }
  })

  it('a message and a remedy for every failure', () => {
    const all = locales.flatMap((locale) =>
      failureCodes.map((code) => describeFailure({ code, facts: {} }, locale)),
    )
    for (const { message, remedy } of all) {
      expect(message.length).toBeGreaterThan(15)
      expect(remedy.length).toBeGreaterThan(10)
    }
  })

  it('sentences for every kind of step, every loss, every alternative and every outcome', () => {
    const kinds = plannedStepSchema.options.map((option) => option.shape.kind.value)
    for (const kind of kinds) {
      expect(hasSentence(`step.${kind}.doing`), kind).toBe(true)
      const keys =
        kind === 'create-partition'
          ? ['plan.step.create-partition.boot', 'plan.step.create-partition.data']
          : [`plan.step.${kind}`]
      for (const key of keys) expect(hasSentence(key), key).toBe(true)
    }
    for (const what of lossSchema.shape.what.options)
      expect(hasSentence(`plan.lost.${what}`), what).toBe(true)
    for (const from of alternativeSchema.shape.spaceFrom.options)
      expect(hasSentence(`plan.alternative.${from}`)).toBe(true)
    for (const outcome of outcomes) expect(hasSentence(`outcome.${outcome}`), outcome).toBe(true)
  })

  it('a sentence for every piece of evidence that steps and proofs give', () => {
    const sources = ['steps', 'verify', 'execute']
      .flatMap((folder) => sourcesIn(`${core}/${folder}`))
      .join('\n')
    const codes = [...sources.matchAll(/\bcode: '([a-z-]+)',?\s+facts/g)].map((match) => match[1] ?? '')
    codes.push(
      ...[...sources.matchAll(/\b(?:holds|expectSame)\(\s*'([a-z-]+)'/g)].map((match) => match[1] ?? ''),
    )
    expect(codes.length).toBeGreaterThan(5)
    for (const code of codes) expect(hasEvidenceWords(code), code).toBe(true)
  })

  it('a sentence for every key that is asked for by name', () => {
    const sources = ['plan', 'bin', 'report', 'execute']
      .flatMap((folder) => sourcesIn(`${core}/${folder}`))
      .join('\n')
    const keys = [...sources.matchAll(/(?:sentence|say)\(\s*'([a-z.-]+)'/gi)].map((match) => match[1] ?? '')
    expect(keys.length).toBeGreaterThan(5)
    for (const key of keys) expect(hasSentence(key), key).toBe(true)
  })

  it('every finding that a rule makes is in the list, and every one in the list is made', () => {
    const sources = ['check', 'plan'].flatMap((folder) => sourcesIn(`${core}/${folder}`)).join('\n')
    for (const id of issueIds) expect(sources.includes(`'${id}'`), id).toBe(true)
  })
})

describe.each(locales)('sentences (%s)', (locale) => {
  it('are whole ones: they end with a full stop, and nothing is left open', () => {
    for (const text of [...Object.values(failureTables[locale]), ...Object.values(issueTables[locale])]) {
      expect(text.message, text.message).toMatch(/[.\]]$/)
      expect(text.remedy, text.remedy).toMatch(/[.)\]]$|recoverykey/)
    }
    for (const text of templatesOf(locale).values()) {
      expect(text.split('[').length, text).toBe(text.split(']').length)
      expect(text.split('{').length, text).toBe(placeholdersOf(text).length + 1)
    }
  })

  it('are the same ones as in the first language, with the same facts written in the same way', () => {
    const first = templatesOf(locales[0])
    const own = templatesOf(locale)
    expect([...own.keys()].sort()).toEqual([...first.keys()].sort())
    for (const [key, text] of own) {
      const model = first.get(key) ?? ''
      expect([...new Set(placeholderKinds(text))].sort(), key).toEqual(
        [...new Set(placeholderKinds(model))].sort(),
      )
      expect([...new Set(neededPlaceholders(text))].sort(), key).toEqual(
        [...new Set(neededPlaceholders(model))].sort(),
      )
    }
  })
})

describe('sentences', () => {
  it('are no copies: what a language says in whole sentences is its own', () => {
    const first = templatesOf(locales[0])
    for (const locale of locales.slice(1)) {
      const same = [...templatesOf(locale)].filter(
        ([key, text]) => text === first.get(key) && text.replaceAll(/\{[^}]*\}/g, '').length > 8,
      )
      expect(same).toEqual([])
    }
  })

  it('carry quantities in the way of their language', () => {
    expect(formatSize(4 * 1024 ** 3, 'de')).toBe('4 GiB')
    expect(formatBytes(97_727_283, 'de')).toBe('93,1 MiB (97.727.283 Byte)')
    expect(formatBytes(97_727_283, 'en')).toBe('93.1 MiB (97,727,283 bytes)')
    expect(formatBytes(1, 'de')).toBe('1 Byte')
    expect([40, 60, 200, 4000, 7200].map((seconds) => formatDuration(seconds, 'de'))).toEqual([
      'etwa 40 Sekunden',
      'etwa 60 Sekunden',
      'etwa 3 Minuten',
      'etwa 67 Minuten',
      'etwa 2 Stunden',
    ])
    const effort = sentence('plan.effort', { bytes: 97_727_283, seconds: 200 }, 'de')
    expect(effort).toContain('93,1 MiB (97.727.283 Byte)')
    expect(effort).toContain('etwa 3 Minuten')
    expect(sentence('proof.gone.file', { count: 1 }, 'de')).toBe('1 Datei')
    expect(sentence('proof.gone.file', { count: 2 }, 'de')).toBe('2 Dateien')
    const gone = ['partition', 'file'].map((kind) => ({
      code: 'gone',
      facts: { kind, what: kind },
      at: '2026-01-01T00:00:00Z',
    }))
    expect(describeEvidence(gone, 'de')).toEqual(['Entfernt: 1 Partition und 1 Datei.'])
    expect(describeEvidence(gone, 'en')).toEqual(['Gone: 1 partition and 1 file.'])
  })

  it('of failures never need a fact that may be missing, but for those that are always there', () => {
    const always: Readonly<Record<string, readonly string[]>> = {
      malformed: ['format', 'field', 'offset', 'required', 'found'],
      'tool-missing': ['tool'],
      'tool-failed': ['tool'],
      'unknown-disk': ['what'],
      'unknown-partition': ['what'],
      'identity-changed': ['what'],
      'firmware-variable-lost': ['what'],
      'firmware-order-reverted': ['what'],
      'catalogue-altered': ['what'],
      'catalogue-expired': ['what', 'required'],
      'catalogue-rolled-back': ['what', 'found', 'required'],
      'source-refused': ['what'],
    }
    for (const code of failureCodes) {
      const { message, remedy } = failureTables.en[code]
      const needed = [...neededPlaceholders(message), ...neededPlaceholders(remedy)]
      for (const name of needed) expect(always[code] ?? [], code).toContain(name)
    }
  })

  it('fill in their facts, with bytes where a mistake would hurt', () => {
    const failure = {
      code: 'no-space',
      facts: { where: 'the ESP', required: 100_000_000, found: 99 * 1024 * 1024 },
    } as const
    expect(describeFailure(failure).message).toBe(
      'There is not enough room on the ESP: 95.3 MiB (100,000,000 bytes) are needed, 99 MiB (103,809,024 bytes) are free.',
    )
    expect(
      describeFailure({ code: 'busy', facts: {}, cause: { code: 'cancelled', facts: {} } }).message,
    ).toBe('Somebody else is using it right now. Stopped, because you asked for it.')
    expect(sentence('plan.step.set-boot-next', { entry: 0x2b })).toContain('Boot002B')
    expect(sentence('plan.effort', { bytes: 0, seconds: 200 })).toContain('about 3 minutes')
    expect(sentence('no.such.key')).toBe('no.such.key')
    expect(describeIssue({ id: 'from-the-future', facts: {} }).message).toContain('from-the-future')
  })

  it('never read a fact as a template', () => {
    const text = describeFailure({ code: 'busy', facts: { what: '{where}[x]' } }).message
    expect(text).toBe('Somebody else is using it right now: {where}[x].')
  })
})
