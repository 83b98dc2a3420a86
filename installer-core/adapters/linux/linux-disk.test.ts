import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import type { DiskNode } from './disk-nodes.ts'
import { openLinuxDisk } from './linux-disk.ts'
import { fakeLinux, type FakeLinux } from './testing/fake-linux.ts'

let linux: FakeLinux
let node: DiskNode
const sector = 512
beforeEach(() => {
  linux = fakeLinux()
  const fill = (letter: string, sectors: number) => Buffer.alloc(sectors * sector, letter)
  linux.put({ 'dev/sda': fill('d', 10), 'dev/sda1': fill('1', 2), 'dev/sda2': fill('2', 3) })
  const path = (name: string) => join(linux.places.dev, name)
  const common = { device: '0:0' }
  node = {
    ...common,
    name: 'sda',
    path: path('sda'),
    sectorSize: sector,
    size: 10 * sector,
    model: '',
    serial: null,
    bus: 'sata',
    removable: false,
    partitions: [
      { ...common, number: 2, name: 'sda2', path: path('sda2'), start: 4 * sector, size: 3 * sector },
      { ...common, number: 1, name: 'sda1', path: path('sda1'), start: 2 * sector, size: 2 * sector },
    ],
  }
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

/** The first byte of each sector, as a letter. */
function letters(data: Uint8Array): string {
  return Array.from({ length: data.length / sector }, (_, i) =>
    String.fromCharCode(data[i * sector] ?? 0),
  ).join('')
}
const fileLetters = (name: string) => letters(readFileSync(join(linux.places.dev, name)))

describe('a disk of the running Linux', () => {
  it('is read through the device of whatever partition the bytes lie in', () => {
    const disk = expectOk(openLinuxDisk(node, 'read'))
    expect(letters(expectOk(disk.read(0, 10 * sector)))).toBe('dd11222ddd')
    expect(letters(expectOk(disk.read(3 * sector, 2 * sector)))).toBe('12')
    expect(disk.read(9 * sector, 2 * sector)).toMatchObject({ failure: { code: 'out-of-range' } })
    disk.close()
  })

  it('is written likewise, and nowhere else', () => {
    const disk = expectOk(openLinuxDisk(node, 'write'))
    expectOk(disk.write(sector, Buffer.alloc(4 * sector, 'x')))
    expectOk(disk.flush())
    expect(letters(expectOk(disk.read(0, 10 * sector)))).toBe('dxxxx22ddd')
    disk.close()
    expect([fileLetters('sda'), fileLetters('sda1'), fileLetters('sda2')]).toEqual([
      'dxdddddddd',
      'xx',
      'x22',
    ])
  })

  it('is not another one that took its file', () => {
    const [first, ...rest] = node.partitions
    if (first === undefined) throw new Error('no partition')
    const renamed = { ...node, partitions: [{ ...first, device: '8:2' }, ...rest] }
    const disk = expectOk(openLinuxDisk(renamed, 'read'))
    expect(disk.read(4 * sector, sector)).toMatchObject({ failure: { code: 'identity-changed' } })
    expectOk(disk.read(0, sector))
    disk.close()
  })

  it('is refused with sectors that Berth does not know', () => {
    expect(openLinuxDisk({ ...node, sectorSize: 520 }, 'read')).toMatchObject({
      failure: { code: 'unsupported' },
    })
  })

  it('says when a device is gone', () => {
    writeFileSync(join(linux.places.dev, 'sda'), '')
    rmSync(join(linux.places.dev, 'sda1'))
    const disk = expectOk(openLinuxDisk(node, 'read'))
    expect(disk.read(2 * sector, sector)).toMatchObject({ failure: { code: 'not-found' } })
    expect(disk.read(0, sector)).toMatchObject({ failure: { code: 'io-failed' } })
    disk.close()
  })
})
