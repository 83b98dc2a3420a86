import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { FaultInjector } from '../memory/fault-plan.ts'
import { faultyDisk } from '../memory/faulty-parts.ts'
import { memoryDisk, memoryLog } from '../memory/memory-parts.ts'
import { rolledBackView } from './rolled-back-view.ts'
import { openSectorLog } from './sector-log.ts'
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
          const view = rolledBackView(plain, 0, expectOk(log.readAll()))
          expect(Buffer.compare(expectOk(view.read(0, size)), former)).toBe(0)
          expectOk(rollBack({ disks: [plain], log }))
          expect(Buffer.compare(expectOk(plain.read(0, size)), former)).toBe(0)
          expect(expectOk(log.readAll())).toEqual([])
        }
  })
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
    expect(expectOk(log.readAll())).toEqual([])
    const one = [{ disk: 0, offset: 2 ** 40, data: former.slice(0, 512) }]
    const two = [{ disk: 1, offset: 512, data: former.slice(0, 1024) }, ...one]
    expectOk(log.append(one))
    const firstLength = readFileSync(path).length
    expectOk(log.append(two))
    expect(expectOk(log.readAll())).toEqual([one, two])
    for (let length = readFileSync(path).length - 1; length >= firstLength; length -= 97) {
      truncateSync(path, length)
      expect(expectOk(log.readAll())).toEqual([one])
    }
    truncateSync(path, firstLength)
    appendFileSync(path, Buffer.alloc(100, 0xff))
    expect(expectOk(log.readAll())).toEqual([one])
    expectOk(log.clear())
    expect(expectOk(log.readAll())).toEqual([])
  })
})
