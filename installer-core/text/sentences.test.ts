import { readFileSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { failureCodes } from '../base/failure-code.ts'
import { issueIds } from '../model/issue-id.ts'
import { lossSchema, plannedStepSchema, alternativeSchema } from '../model/plan.ts'
import { outcomes } from '../model/report.ts'
import { failures } from './en/failures.ts'
import { sentences } from './en/sentences.ts'
import { hasEvidenceWords } from './describe-evidence.ts'
import { describeFailure } from './failures.ts'
import { describeIssue, issueTemplates } from './issues.ts'
import { hasSentence, sentence } from './sentence.ts'
import { neededPlaceholders, placeholdersOf } from './template.ts'

const core = fileURLToPath(new URL('..', import.meta.url))
const sourcesIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    if (statSync(path).isDirectory()) return name === 'testing' ? [] : sourcesIn(path)
    return name.endsWith('.ts') && !name.endsWith('.test.ts') ? [readFileSync(path, 'utf8')] : []
  })
const everything = [...Object.values(failures), ...Object.values(issueTemplates)].flatMap(
  (text) => Object.values(text) as string[],
)

describe('every code has its words', () => {
  it('a title, a message and a remedy for every finding', () => {
    expect(Object.keys(issueTemplates).sort()).toEqual([...issueIds].sort())
    for (const text of Object.values(issueTemplates)) {
      expect(text.title.length).toBeGreaterThan(5)
      expect(text.message.length).toBeGreaterThan(15)
      expect(text.remedy.length).toBeGreaterThan(10)
    }
  })

  it('a message and a remedy for every failure', () => {
    for (const code of failureCodes) {
      const { message, remedy } = describeFailure({ code, facts: {} })
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

describe('sentences', () => {
  it('are whole ones: they end with a full stop, and nothing is left open', () => {
    for (const text of [...Object.values(failures), ...Object.values(issueTemplates)]) {
      expect(text.message, text.message).toMatch(/[.\]]$/)
      expect(text.remedy, text.remedy).toMatch(/[.)\]]$|recoverykey/)
    }
    for (const text of everything) {
      expect(text.split('[').length, text).toBe(text.split(']').length)
      expect(text.split('{').length, text).toBe(placeholdersOf(text).length + 1)
    }
    for (const text of Object.values(sentences)) {
      expect(text.split('{').length, text).toBe(placeholdersOf(text).length + 1)
    }
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
    }
    for (const code of failureCodes) {
      const { message, remedy } = failures[code]
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
