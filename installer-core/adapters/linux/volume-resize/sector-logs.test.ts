import { mkdirSync, openSync, closeSync, ftruncateSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes, MiB } from '../../../base/bytes.ts'
import { expectOk } from '../../../base/result.ts'
import { changeCounter } from '../../disk-image/change-counter.ts'
import { nodeHasher } from '../../node-hasher.ts'
import { placesOf, smallPc } from '../../testing/small-pc.ts'
import { LinuxDisks } from '../linux-disks.ts'
import type { FakeLinux } from '../testing/fake-linux.ts'
import { smallLinux } from '../testing/small-linux.ts'
import { scratchFolder, sectorLogOf, settleVolumes } from './sector-logs.ts'

const sector = 512
let linux: FakeLinux
let disks: LinuxDisks
beforeEach(() => {
  linux = smallLinux(sector)
  disks = new LinuxDisks(linux.places, nodeHasher, changeCounter())
  mkdirSync(scratchFolder(linux.places), { recursive: true })
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

const volume = () => join(linux.places.dev, 'sda2')
const fill = (letter: string, sectors = 1) => Buffer.alloc(sectors * sector, letter)

function write(path: string, at: number, data: Uint8Array, size: number): void {
  const file = openSync(path, 'a+')
  closeSync(file)
  const again = openSync(path, 'r+')
  ftruncateSync(again, size)
  writeSync(again, data, 0, data.length, at)
  closeSync(again)
}

async function present(): Promise<string> {
  const found = expectOk(await disks.findPartition(smallPc.disk, smallPc.data))
  const data = expectOk(found.disk.read(bytes(found.offset), bytes(4 * sector)))
  found.close()
  return [0, 1, 2, 3].map((i) => String.fromCharCode(data[i * sector] ?? 0)).join('')
}

/** Four sectors `old` that were to become `new`; the first two did. */
function cutHalfWay(): void {
  write(volume(), 0, Buffer.concat([fill('n', 2), fill('o', 2)]), smallPc.dataBytes)
  write(join(scratchFolder(linux.places), `${smallPc.data}.volume`), 0, fill('n', 4), 8 * MiB)
  const offset = placesOf(sector).data * sector
  const log = sectorLogOf(linux.places, smallPc.disk, smallPc.data)
  expectOk(log.append([{ disk: 0, offset, data: fill('o', 4) }]))
}

describe('a change to a volume that was cut off', () => {
  it('is taken back at the next start, once', async () => {
    cutHalfWay()
    expect(await present()).toBe('nnoo')
    expectOk(await settleVolumes(linux.places, disks))
    expect(await present()).toBe('oooo')
    write(volume(), 0, fill('x', 1), smallPc.dataBytes)
    expectOk(await settleVolumes(linux.places, disks))
    expect(await present()).toBe('xooo')
  })

  it('is left alone when somebody used the volume meanwhile', async () => {
    cutHalfWay()
    write(volume(), 3 * sector, fill('x'), smallPc.dataBytes)
    expect(await settleVolumes(linux.places, disks)).toMatchObject({
      failure: { code: 'identity-changed', facts: { what: smallPc.data } },
    })
    expect(await present()).toBe('nnox')
  })

  it('waits while its disk is not there', async () => {
    cutHalfWay()
    rmSync(join(linux.places.sys, 'block/sda'))
    expectOk(await settleVolumes(linux.places, disks))
    const log = sectorLogOf(linux.places, smallPc.disk, smallPc.data)
    expect(expectOk(log.readAll()).length).toBe(1)
  })
})
