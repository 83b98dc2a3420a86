import { readFileSync, rmSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../base/bytes.ts'
import { listDiskNodes } from './disk-nodes.ts'
import { parseMountTable } from './mount-table.ts'
import { addDisk, fakeLinux, type FakeLinux } from './testing/fake-linux.ts'
import { shownAlready } from './volume-mounts.ts'

/** A file system that every Linux has, to stand for a mounted partition: with its real number. */
const real = parseMountTable(readFileSync('/proc/self/mountinfo', 'utf8')).find(
  ({ point }) => point === '/proc',
)

let linux: FakeLinux
beforeEach(() => {
  linux = fakeLinux()
  const partitions = [{ name: 'sda1', start: GiB, size: GiB - MiB }]
  const folder = addDisk(linux, { name: 'sda', size: 4 * GiB, bus: 'pci0000:00/ata1', partitions })
  linux.put({ [`${folder}/sda1/dev`]: `${real?.device ?? ''}\n` })
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

function shown(root: string, point: string): string | null {
  linux.put({
    'proc/self/mountinfo': `40 1 ${real?.device ?? ''} ${root} ${point} rw - vfat /dev/sda1 rw\n`,
  })
  const partition = listDiskNodes(linux.places)[0]?.partitions[0]
  if (partition === undefined) throw new Error('no partition')
  return shownAlready(linux.places, partition)?.folder ?? null
}

describe('where a volume is shown already', () => {
  it('is where the system has mounted it', () => {
    expect(shown('/', '/proc')).toBe('/proc')
  })

  it('is nowhere when only a part of it shows there', () => {
    expect(shown('/self', '/proc')).toBeNull()
  })

  it('is not below what was mounted over it, nor where nothing is', () => {
    expect(shown('/', '/sys')).toBeNull()
    expect(shown('/', '/no/such/folder')).toBeNull()
  })
})
