import { describe, expect, it } from 'vitest'
import type { Machine } from '../model/machine.ts'
import { manifestWith } from '../steps/testing/step-tools.ts'
import { proveInstalled } from './prove-installed.ts'
import { proveUndone } from './prove-undone.ts'

const windows = {
  id: 'w',
  slot: 1,
  typeGuid: 't',
  start: 2048,
  blocks: 100,
  size: 51_200,
  attributes: '0000000000000000',
  volume: { fileSystem: 'fat32' },
}
const own = { ...windows, id: 'o', slot: 2, start: 4096 }
const loader = { path: '/EFI/w.efi', size: 5, sha256: 'a'.repeat(64) }
const created = {
  kind: 'create-partition',
  disk: 'd',
  partition: 'o',
  role: 'boot',
  slot: 2,
  typeGuid: 't',
  start: 4096,
  blocks: 100,
  size: 51_200,
  attributes: '0000000000000000',
  name: '',
}
const entry = {
  kind: 'create-boot-entry',
  entry: 3,
  description: 'B',
  disk: 'd',
  partition: 'o',
  path: '/b',
  data: '0102',
}
const armed = { kind: 'arm-trial', entry: 3, release: 'r', nonce: '0'.repeat(32), listInOrder: false }
const plan = manifestWith([created, entry, armed] as never).plan

interface Change {
  partitions?: unknown[]
  files?: unknown[]
  entries?: { number: number; data: string }[]
  order?: number[] | null
  next?: number | null
}
function machine({ partitions, files, entries, order = [0], next = null }: Change = {}): Machine {
  return {
    disks: [{ id: 'd', tableDigest: 'x', partitions: partitions ?? [windows] }],
    bootVolumes: [{ partition: 'w', files: files ?? [loader] }],
    firmware: { bootEntries: entries ?? [{ number: 0, data: 'ff' }], bootOrder: order, bootNext: next },
  } as unknown as Machine
}
const bootEntries = [
  { number: 0, data: 'ff' },
  { number: 3, data: '0102' },
]
const after: Change = { partitions: [windows, own], entries: bootEntries, next: 3 }

it('proves an installation and that all else is as it was', () => {
  const proof = proveInstalled(machine(), machine(after), plan)
  expect(proof.ok && proof.value.map((one) => one.code)).toEqual([
    'partition-start',
    'partition-blocks',
    'partition-type',
    'entry-bytes',
    'next-start',
    'partition-kept',
    'files-kept',
    'entry-kept',
    'order-kept',
  ])
})

it.each<[string, Change]>([
  ['o', { ...after, partitions: [windows] }],
  ['o', { ...after, partitions: [windows, { ...own, start: 8192 }] }],
  ['w', { ...after, partitions: [{ ...windows, blocks: 99 }, own] }],
  ['w', { ...after, partitions: [own] }],
  ['/EFI/w.efi', { ...after, files: [] }],
  ['/EFI/w.efi', { ...after, files: [{ ...loader, sha256: 'b'.repeat(64) }] }],
  ['Boot0003', { ...after, entries: [{ number: 0, data: 'ff' }] }],
  [
    'Boot0000',
    {
      ...after,
      entries: [
        { number: 0, data: 'fe' },
        { number: 3, data: '0102' },
      ],
    },
  ],
  ['BootOrder', { ...after, order: [3, 5] }],
  ['BootNext', { ...after, next: 0 }],
])('names %s when it is not as it should be', (what, change) => {
  const proof = proveInstalled(machine(), machine(change), plan)
  expect(proof.ok ? null : [proof.failure.code, proof.failure.facts['what']]).toEqual([
    'read-back-differs',
    what,
  ])
})

const manifest = manifestWith([created, entry, armed] as never, {
  disks: machine().disks,
  bootOrder: [0],
})
const undone = (now: Change, left: readonly string[] = [], then: Change = after) =>
  proveUndone({ before: machine(then), after: machine(now) }, { plan: manifestWith([]).plan, manifest }, left)

it('proves an undo, excuses what was left on purpose, and names what is still there', () => {
  const proof = undone({})
  expect(proof.ok && proof.value.map((one) => one.code)).toContain('table-identical')
  const still = undone(after)
  expect(still.ok ? null : still.failure.facts['what']).toBe('partition o')
  expect(undone({ partitions: [windows, own] }, ['partition o (it holds files)']).ok).toBe(true)
  const listed = undone({ order: [0, 3] })
  expect(listed.ok ? null : listed.failure.facts['what']).toBe('order 0003')
})

it.each<[string, Change]>([
  ['/EFI/w.efi', { files: [] }],
  ['Boot0000', { entries: [] }],
  ['w', { partitions: [{ ...windows, start: 4096 }] }],
])('sees that an undo took away %s, which is not Berth’s', (what, now) => {
  const proof = undone(now)
  expect(proof.ok ? null : proof.failure.facts['what']).toBe(what)
})

it('takes what others changed between installation and undo as it was when the undo began', () => {
  const changed = { partitions: [{ ...windows, blocks: 50 }], files: [{ ...loader, size: 6 }], order: [4, 0] }
  const entries = [...bootEntries, { number: 4, data: 'aa' }]
  const then = { ...changed, partitions: [...changed.partitions, own], entries, next: 3 }
  const now = { ...changed, entries: entries.filter(({ number }) => number !== 3) }
  expect(undone(now, [], then).ok).toBe(true)
})

it('says that a volume which was given back is marked for a check', () => {
  const shrunk = {
    kind: 'shrink-volume',
    target: { disk: 'd', partition: 'w', start: 2048, size: 51_200 },
    fileSystem: 'ntfs',
    from: 51_200,
    to: 25_600,
  }
  const own = manifestWith([shrunk] as never, { disks: machine().disks, bootOrder: [0] })
  for (const dirty of [true, false]) {
    const volume = { fileSystem: 'ntfs', dirty }
    const now = machine({ partitions: [{ ...windows, volume }] })
    const proof = proveUndone(
      { before: machine(), after: now },
      { plan: manifestWith([]).plan, manifest: own },
    )
    expect(proof.ok && proof.value.some((one) => one.code === 'check-follows')).toBe(dirty)
  }
})

describe('the proof of room that was given back', () => {
  const path = '/EFI/Berth/room-w.json'
  const record = { path, size: 9, sha256: null }
  const short = { ...windows, id: 'l', start: 8192, size: 25_600, blocks: 50 }
  const whole = { ...short, size: 51_200, blocks: 100 }
  const returned = {
    kind: 'return-room',
    target: { disk: 'd', partition: 'l', start: 8192, size: 51_200 },
    from: 25_600,
    to: 51_200,
    record: { disk: 'd', partition: 'w', path },
  }
  const own = manifestWith([returned] as never, { disks: machine().disks, bootOrder: [0] })
  const stage = { path: '/EFI/berth/stage/mark', size: 512, sha256: null }
  const before = machine({ partitions: [windows, short], files: [loader, record, stage] })
  const prove = (now: Change, left: readonly string[] = []) =>
    proveUndone({ before, after: machine(now) }, { plan: own.plan, manifest: own }, left)

  it('holds when the partition is as long as it was and the record is gone, with what the stage left', () => {
    const proof = prove({ partitions: [windows, whole] })
    expect(proof.ok && proof.value.map(({ code }) => code)).toContain('volume-size')
  })

  it('holds when the room was left, and said so', () => {
    const now = { partitions: [windows, short], files: [loader, record, stage] }
    expect(prove(now, ['the room behind volume l (busy)']).ok).toBe(true)
    expect(prove(now).ok).toBe(false)
  })

  it.each<[string, Change]>([
    ['l', { partitions: [windows, { ...whole, start: 8193 }] }],
    [`file ${path}`, { partitions: [windows, whole], files: [loader, record] }],
    ['/EFI/w.efi', { partitions: [windows, whole], files: [] }],
  ])('names %s when it is not as it should be', (what, now) => {
    const proof = prove(now)
    expect(proof.ok ? null : proof.failure.facts['what']).toBe(what)
  })
})
