import { expect, test } from 'vitest'
import { SerialLines, type SerialLine } from './serial-lines.ts'

function linesOf(...chunks: string[]): { lines: string[]; unfinished: string; seen: SerialLine[] } {
  const seen: SerialLine[] = []
  let now = 0
  const serial = new SerialLines(
    () => ++now,
    (line) => seen.push(line),
  )
  for (const chunk of chunks) serial.receive(new TextEncoder().encode(chunk))
  return { lines: seen.map((line) => line.text), unfinished: serial.unfinished, seen }
}

test('takes terminal control out of what firmware prints', () => {
  const { lines } = linesOf(
    '\u001b[2J\u001b[01;01H\u001b[=3h\u001b[2J\u001b[01;01HBdsDxe: starting Boot0001 "A"\r\nplain\r\n',
  )
  expect(lines).toEqual(['BdsDxe: starting Boot0001 "A"', 'plain'])
})

test('moving the cursor ends a line', () => {
  expect(linesOf('one\u001b[10;01Htwo\n').lines).toEqual(['one', 'two'])
})

test('a line that arrives in pieces is one line, with a time', () => {
  const { seen } = linesOf('Win', 'dows\r', '\nrest')
  expect(seen).toEqual([{ atMs: 1, text: 'Windows' }])
})

test('a prompt without a line end can be seen', () => {
  expect(linesOf('login\r\n\u001b[1m/ # ').unfinished).toBe('/ #')
})

test('a control sequence cut between two pieces is still taken out', () => {
  expect(linesOf('a\u001b[3', '7mb\n').lines).toEqual(['ab'])
})
