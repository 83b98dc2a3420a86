import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { parsePe } from '../../formats/pe/parse-pe.ts'
import { makeStandIn, makeUnloadableFile, standInLines, type StandInKind } from './stand-in.ts'

const kinds = Object.keys(standInLines) as StandInKind[]

test.each(kinds)('%s is a well-formed EFI program that carries its line', (kind) => {
  const file = makeStandIn(kind)
  const image = expectOk(parsePe(file))
  expect(image.sections.map((section) => section.name)).toEqual(['.text', '.data', '.reloc'])
  expect(Buffer.from(file).includes(Buffer.from(standInLines[kind], 'utf16le'))).toBe(true)
  expect(file.length).toBeLessThan(4096)
})

test('the same bytes every time', () => {
  const digest = (kind: StandInKind) => createHash('sha256').update(makeStandIn(kind)).digest('hex')
  for (const kind of kinds) expect(digest(kind)).toBe(digest(kind))
  expect(new Set(kinds.map(digest)).size).toBe(kinds.length)
})

test('the unloadable file is no program', () => {
  expect(parsePe(makeUnloadableFile()).ok).toBe(false)
})
