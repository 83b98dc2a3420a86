import { describe, expect, it } from 'vitest'
import { failures as germanFailures } from '../../installer-core/text/de/failures.ts'
import { issues as germanIssues } from '../../installer-core/text/de/issues.ts'
import { planSentences as germanPlan } from '../../installer-core/text/de/sentences-plan.ts'
import { failures } from '../../installer-core/text/en/failures.ts'
import { issues } from '../../installer-core/text/en/issues.ts'
import { planSentences } from '../../installer-core/text/en/sentences-plan.ts'
import { withoutCommands } from './engine-text.ts'

describe('words of the core on a page', () => {
  it('lose what is for people at a terminal, and nothing else', () => {
    expect(withoutCommands('Keep it ("berth confirm") or take it away ("berth undo").')).toBe(
      'Keep it or take it away.',
    )
    expect(withoutCommands('Behalten Sie es („berth confirm“).')).toBe('Behalten Sie es.')
    expect(withoutCommands('Choose it yourself (--disk). Windows (C:) stays.')).toBe(
      'Choose it yourself. Windows (C:) stays.',
    )
  })

  it.each([
    ['English', [issues, failures, planSentences]],
    ['German', [germanIssues, germanFailures, germanPlan]],
  ] as const)('name no command in %s', (_, tables) => {
    const all = tables.flatMap((table) =>
      Object.entries(table).flatMap(([key, text]: [string, unknown]) =>
        typeof text === 'string'
          ? [[key, text]]
          : Object.values(text as object).map((one) => [key, String(one)]),
      ),
    )
    expect(all.length).toBeGreaterThan(100)
    const left = all.filter(([, text = '']) => /["“„«]berth /.test(withoutCommands(text)))
    expect(left).toEqual([])
  })
})
