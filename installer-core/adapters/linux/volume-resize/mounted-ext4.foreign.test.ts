import { rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes, MiB, type Bytes } from '../../../base/bytes.ts'
import { expectOk } from '../../../base/result.ts'
import { readVolume } from '../../../probe/volumes/read-volume.ts'
import { partitionReader } from '../../../probe/volumes/volume-reader.ts'
import { changeCounter } from '../../disk-image/change-counter.ts'
import { imageBlockDevice } from '../../disk-image/image-block-device.ts'
import { nodeHasher } from '../../node-hasher.ts'
import { runCommand } from '../../run-command.ts'
import { smallPc } from '../../testing/small-pc.ts'
import { LinuxDisks } from '../linux-disks.ts'
import type { FakeLinux } from '../testing/fake-linux.ts'
import { smallLinux } from '../testing/small-linux.ts'
import { shrinksOf } from './own-growth.ts'
import { resizeLinuxVolume } from './resize-volume.ts'

const size = bytes(smallPc.dataBytes)
const small = bytes(40 * MiB)
let linux: FakeLinux
let disks: LinuxDisks

/** The data partition holds an ext4 shorter than itself: what a cut leaves between the two halves of a growth. */
beforeEach(async () => {
  linux = smallLinux(512)
  linux.put({ 'state/journal/x': '' })
  disks = new LinuxDisks(linux.places, nodeHasher, changeCounter())
  const volume = join(linux.places.dev, 'sda2')
  const args = ['-q', '-F', '-t', 'ext4', '-b', '4096', volume, `${small / 4096}`]
  expectOk(await runCommand({ program: 'mke2fs', args, timeoutMs: 60_000 }))
  truncateSync(volume, size)
  mount('rw')
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

function mount(options: string): void {
  const [point, device] = [linux.folder, join(linux.places.dev, 'sda2')]
  linux.put({ 'proc/self/mountinfo': `40 1 0:0 / ${point} ${options} - ext4 ${device} rw\n` })
}

async function resize(to: Bytes) {
  // All device files here are 0:0, so that the disk seems mounted too: it is opened to look only.
  const again = () => disks.findPartition(smallPc.disk, smallPc.data)
  const found = expectOk(await again())
  const parts = { places: linux.places, hasher: nodeHasher, onChange: () => undefined, again }
  const result = await resizeLinuxVolume(parts, found, to)
  found.close()
  return result
}

async function fileSystemSize(): Promise<number | null> {
  const found = expectOk(await disks.findPartition(smallPc.disk, smallPc.data))
  const reader = partitionReader(imageBlockDevice(found.disk, 'read'), found.offset, found.size)
  const volume = await readVolume(reader)
  found.close()
  return volume.size
}

describe('a mounted ext4 in a partition that has its size already', () => {
  it('is made to fill it when Berth began to grow it', async () => {
    expectOk(shrinksOf(linux.places).note(smallPc.data, size, small))
    expectOk(await resize(size))
    expect(await fileSystemSize()).toBe(size)
    expectOk(await resize(size))
  })

  it('stays shorter when it is so for reasons of others', async () => {
    expectOk(await resize(size))
    expectOk(shrinksOf(linux.places).note(smallPc.data, bytes(size + MiB), small))
    expectOk(await resize(size))
    expect(await fileSystemSize()).toBe(small)
  })
})

describe('a mounted ext4 is refused', () => {
  it.each([
    ['a smaller size', () => mount('rw'), bytes(size - MiB), { code: 'busy' }],
    ['a larger one, mounted read-only', () => mount('ro'), bytes(size + MiB), { code: 'read-only' }],
    [
      'a larger one, with something upon it',
      () => linux.put({ 'sys/block/sda/sda2/holders/dm-0/x': '' }),
      bytes(size + MiB),
      { code: 'busy' },
    ],
  ])('%s', async (_, arrange, to, failure) => {
    arrange()
    expect(await resize(to)).toMatchObject({ failure })
    expect(await fileSystemSize()).toBe(small)
  })
})
