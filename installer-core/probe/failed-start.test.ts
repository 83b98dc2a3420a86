import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { examineHealth } from '../check/health/examine-health.ts'
import { readAloud } from '../check/testing/every-finding.ts'
import { machineSchema } from '../model/machine.ts'
import { manifest, whole } from '../plan/testing/stay-world.ts'
import { bundleReport } from '../report/bundle.ts'
import { buildChoices } from '../check/testing/machine-builder.ts'
import { parseFailedStart } from './failed-start.ts'
import { redactMachine } from './redact.ts'

const note = (...said: readonly string[]) =>
  ['desktop-1.0.0-x86_64', 'no login screen', ...said, ''].join('\n')
const hostile = '\u001b[2J\u202egnp.exe'

function machineWith(failedStart: string) {
  const [first, ...others] = whole.bootVolumes
  if (first === undefined) throw new Error('no boot volume')
  return { ...whole, bootVolumes: [{ ...first, failedStart }, ...others] }
}

describe('what a failed start left', () => {
  it('is release, reason and what was said', () => {
    expect(parseFailedStart(note('[1.0] a', '', '[2.0] b'))).toEqual({
      release: 'desktop-1.0.0-x86_64',
      reason: 'no login screen',
      said: ['[1.0] a', '', '[2.0] b'],
    })
    expect(parseFailedStart('desktop-1\r\nwhy\r\n')).toEqual({
      release: 'desktop-1',
      reason: 'why',
      said: [],
    })
  })

  it.each([
    '',
    '\n',
    'desktop-1',
    'desktop-1\n',
    'desktop-1\n  \nsaid\n',
    'Not A Release\nwhy\n',
    '{"a":1}\nwhy',
  ])('is nothing in %j', (text) => {
    expect(parseFailedStart(text)).toBeNull()
  })

  it('is shown safely and in bounds, whatever it is', () => {
    const parsed = parseFailedStart(note(hostile, 'x'.repeat(9000)))
    expect(parsed?.said[0]).toBe('‹U+001B›[2J‹U+202E›gnp.exe')
    expect(parsed?.said[1]).toHaveLength(401)
    expect(parseFailedStart(note(...Array<string>(60_000).fill('a')))?.said).toHaveLength(1000)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (reason, said) => {
        const found = parseFailedStart(`desktop-1\n${reason}\n${said}`)
        for (const line of [found?.reason ?? '', ...(found?.said ?? [])])
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/)
      }),
    )
  })
})

describe('Berth beside a system whose start failed', () => {
  const machine = machineWith(note('[1.0] /home/anna/x of 52:54:00:ab:cd:ef', hostile))

  it('says so, as a note: nothing of the installation is damaged', () => {
    const health = examineHealth({ machine, manifest, confirmedAs: 'present' })
    expect(health?.findings).toMatchObject([
      {
        id: 'berth-start-failed',
        severity: 'note',
        facts: { release: 'desktop-1.0.0-x86_64', reason: 'no login screen', lines: 2 },
      },
    ])
    const [said] = readAloud(health?.findings ?? [])
    expect(said).toContain('desktop-1.0.0-x86_64 left this note: "no login screen".')
    const other = examineHealth({ machine: machineWith('x\n'), manifest, confirmedAs: 'present' })
    expect(other?.findings).toEqual([])
  })

  it('puts what was said into a report, without names and addresses, and safely', () => {
    const content = { machine, choices: buildChoices(), issues: [], plan: null, journals: {}, versions: {} }
    const files = bundleReport({ ...content, others: null })
    const text = files.find(({ name }) => name === 'failed-start.txt')?.text
    expect(text).toBe(
      'desktop-1.0.0-x86_64\nno login screen\n[1.0] /home/‹left out›/x of ‹left out›\n‹U+001B›[2J‹U+202E›gnp.exe\n',
    )
    expect(files.map((file) => file.text).join('')).not.toMatch(/anna|52:54:00|\u001b/)
    const without = bundleReport({ ...content, machine: whole, others: null })
    expect(without.map(({ name }) => name)).not.toContain('failed-start.txt')
  })

  it('keeps it in a recorded machine, redacted', () => {
    const kept = redactMachine(machine)
    expect(machineSchema.parse(kept)).toEqual(kept)
    expect(kept.bootVolumes[0]?.failedStart).toContain('/home/user/x of 00:00:00:00:00:00')
    expect(redactMachine(kept)).toEqual(kept)
  })
})
