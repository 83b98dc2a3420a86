import { readFileSync, readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { answeredElsewhere, answeredHere } from '../testing/hard-cases.ts'

const here = new URL('./', import.meta.url)
const sources = readdirSync(here).map((name) => readFileSync(new URL(name, here), 'utf8'))
const ids = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1])

it('forgets none of the hard cases', () => {
  const listed = ids(readFileSync(new URL('../../hard-cases.md', here), 'utf8'), /^- \*\*(HC-\d\d)\*\*/gm)
  expect(listed).toHaveLength(34)
  expect([...answeredHere, ...Object.keys(answeredElsewhere)].sort()).toEqual(listed)
})

it('has exactly one test for each case that is answered here', () => {
  const tested = ids(sources.join('\n'), /^ *hardCase\(\s*'(HC-\d\d)'/gm)
  expect([...tested].sort()).toEqual([...answeredHere])
})
