import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk, ok } from '../../base/result.ts'
import { FaultInjector } from '../memory/fault-plan.ts'
import { faultyDisk } from '../memory/faulty-parts.ts'
import { memoryDisk, memoryLog } from '../memory/memory-parts.ts'
import { rolledBackView } from './rolled-back-view.ts'
import { openSectorLog, type SectorBatch, type SectorLog } from './sector-log.ts'
import { rollBack, writeUndoably } from './undoable-write.ts'

const size = 64 * 512
const former = Uint8Array.from({ length: size }, (_, i) => i % 251)
const groups = [
  {
    disk: 0,
    writes: [0, 4, 5].map((sector) => ({ offset: sector * 512, data: new Uint8Array(512).fill(1) })),
  },
  { disk: 0, writes: [4, 9].map((sector) => ({ offset: sector * 512, data: new Uint8Array(512).fill(2) })) },
]

function disk() {
  const made = memoryDisk('disk', 512, size)
  expectOk(made.write(0, former))
  return made
}

describe('an undoable write', () => {
  it('leads back to the former bytes after a failure at any call', () => {
    const injector = new FaultInjector()
    const whole = disk()
    expectOk(writeUndoably({ disks: [faultyDisk(whole, injector)], log: memoryLog() }, groups))
    expect(expectOk(whole.read(9 * 512, 512))).toEqual(new Uint8Array(512).fill(2))
    for (const operation of ['disk.read', 'disk.write', 'disk.flush'] as const)
      for (let at = 1; at <= (injector.calls.get(operation) ?? 0); at += 1)
        for (const lasting of [false, true]) {
          const plain = disk()
          const log = memoryLog()
          const faults = new FaultInjector({ operation, at, kind: 'EIO', lasting })
          const written = writeUndoably({ disks: [faultyDisk(plain, faults)], log }, groups)
          expect(written).toMatchObject({ failure: { code: 'io-failed' } })
          const view = expectOk(rolledBackView(plain, 0, expectOk(log.readAll())))
          expect(Buffer.compare(expectOk(view.read(0, size)), former)).toBe(0)
          expectOk(rollBack({ disks: [plain], log }))
          expect(Buffer.compare(expectOk(plain.read(0, size)), former)).toBe(0)
          expect(held(log)).toEqual([])
        }
  })
})

function held(log: SectorLog): readonly SectorBatch[] {
  const batches = expectOk(log.readAll())
  return Array.from({ length: batches.length }, (_, index) => expectOk(batches.read(index)))
}

it('is taken back one piece of the log at a time, however long the log is', () => {
  const plain = disk()
  const calls: string[] = []
  const batches = Array.from({ length: 3 }, (_, n): SectorBatch => [
    { disk: 0, offset: n * 512, data: former.slice(n * 512, (n + 1) * 512) },
  ])
  const log: SectorLog = {
    ...memoryLog(),
    readAll: () => {
      const read = (index: number) => {
        calls.push(`read ${index}`)
        return ok(batches[index]!)
      }
      return ok({ length: batches.length, read })
    },
  }
  const watched = {
    ...plain,
    write: (offset: number, data: Uint8Array) => {
      calls.push(`write ${offset / 512}`)
      return plain.write(offset, data)
    },
  }
  expectOk(rollBack({ disks: [watched], log }))
  expect(calls).toEqual([2, 1, 0].flatMap((n) => [`read ${n}`, `write ${n}`]))
})

describe('the sector log', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'berth-log-'))
    path = join(folder, 'sectors.undo')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('reads back whole batches, wherever the last one was torn', () => {
    const log = openSectorLog(path)
    expect(held(log)).toEqual([])
    const one = [{ disk: 0, offset: 2 ** 40, data: former.slice(0, 512) }]
    const two = [{ disk: 1, offset: 512, data: former.slice(0, 1024) }, ...one]
    expectOk(log.append(one))
    const firstLength = readFileSync(path).length
    expectOk(log.append(two))
    expect(held(log)).toEqual([one, two])
    for (let length = readFileSync(path).length - 1; length >= firstLength; length -= 97) {
      truncateSync(path, length)
      expect(held(log)).toEqual([one])
    }
    truncateSync(path, firstLength)
    appendFileSync(path, Buffer.alloc(100, 0xff))
    expect(held(log)).toEqual([one])
    expectOk(log.clear())
    expect(held(log)).toEqual([])
  })
})
