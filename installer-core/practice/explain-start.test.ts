import { expect, test } from 'vitest'
import { explainStart } from './explain-start.ts'
import type { BootState } from './boot-state.ts'

const before: BootState = { order: [0, 1, 2], next: 4, descriptions: new Map() }
const line = (verb: string, entry: string, tail = '') => ({
  atMs: 5,
  text: `BdsDxe: ${verb} Boot${entry} "It" from HD(1,GPT,B603DE10-EE7B-4529-A183-7F24B794D04B,0x800,0x32000)/\\x.efi${tail}`,
})

test.each([
  ['boot-next', [line('loading', '0004'), line('starting', '0004')], 4],
  ['first-in-order', [line('starting', '0000')], 0],
  ['later-in-order', [line('failed to load', '0000', ': Not Found'), line('starting', '0002')], 2],
  ['found-by-firmware', [line('starting', '0009')], 9],
  ['nothing-started', [line('failed to load', '0000', ': Not Found')], null],
] as const)('%s', (reason, lines, bootCurrent) => {
  expect(explainStart(before, lines)).toMatchObject({ reason, bootCurrent })
})

test('an entry that firmware could not start is named with the firmware’s reason, and is not the one that started', () => {
  const lines = [
    line('starting', '0004'),
    line('failed to start', '0004', ': Access Denied'),
    line('starting', '0000'),
  ]
  expect(explainStart(before, lines)).toMatchObject({
    reason: 'first-in-order',
    bootCurrent: 0,
    failed: [{ entry: 4, description: 'It', why: 'Access Denied' }],
  })
})
