import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { changeCounter } from '../disk-image/change-counter.ts'
import { nodeHasher } from '../node-hasher.ts'
import { smallPc } from '../testing/small-pc.ts'
import { LinuxDisks } from './linux-disks.ts'
import { neededAtStart } from './start-mounts.ts'
import type { FakeLinux } from './testing/fake-linux.ts'
import { smallLinux } from './testing/small-linux.ts'

let linux: FakeLinux
beforeEach(() => {
  linux = smallLinux(512)
})
afterEach(() => rmSync(linux.folder, { recursive: true }))

/** Which of the disk's partitions are needed, with this `/etc/fstab`. */
async function needed(fstab: string): Promise<readonly string[]> {
  linux.put({ 'etc/fstab': fstab })
  const [disk] = expectOk(
    await new LinuxDisks(linux.places, nodeHasher, changeCounter()).readAll(() => false),
  )
  return (disk?.partitions ?? []).flatMap(({ id, volume }) => (volume.neededAtStart === true ? [id] : []))
}

describe('what the running system needs to start', () => {
  it('is what fstab names by identity or by device', async () => {
    const { data } = smallPc
    linux.link('dev/disk/by-label/big\\x20one', join(linux.places.dev, 'sda2'))
    for (const source of [
      `PARTUUID=${data}`,
      `PARTUUID="${data.toUpperCase()}"`,
      `${linux.places.dev}/sda2`,
      `${linux.places.dev}/disk/by-label/big\\x20one`,
    ])
      expect(await needed(`# a comment\n\n${source}\t/mnt/data ntfs3 defaults 0 0\n`), source).toEqual([data])
  })

  it('is nothing that it does without, or that is another', async () => {
    const { data } = smallPc
    for (const options of ['nofail', 'rw,noauto', 'ro', 'defaults,x-systemd.automount'])
      expect(await needed(`PARTUUID=${data} /mnt/data ntfs3 ${options} 0 0\n`), options).toEqual([])
    expect(await needed(`# PARTUUID=${data} /mnt/data ntfs3 defaults 0 0\n`)).toEqual([])
    expect(await needed('UUID= / ext4\nLABEL= / ext4\n/nothing / ext4\nodd\n')).toEqual([])
    expect(await needed('/dev/sdb2 /mnt ext4 defaults 0 0\n')).toEqual([])
  })

  it('is read without a file, and with names that hold blanks', () => {
    expect(neededAtStart(linux.places)).toEqual([])
    linux.put({ 'etc/fstab': 'LABEL=my\\040files /x ntfs defaults\n/swapfile none swap sw\n' })
    expect(neededAtStart(linux.places)).toEqual(['LABEL=my files'])
  })
})
