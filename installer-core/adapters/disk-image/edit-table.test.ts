import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { smallStore } from '../../formats/varstore/testing/small-store.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import { memoryDisk } from '../memory/memory-parts.ts'
import { memoryPlatform, memoryState } from '../memory/memory-platform.ts'
import { furnish, smallPc, smallPcFile } from '../testing/small-pc.ts'

describe.each([512, 4096] as const)('a table of %d-byte sectors whose copies differ', (sectorSize) => {
  it.each([
    ['primary', 1],
    ['backup', smallPc.diskBytes / sectorSize - 1],
  ] as const)(
    'is made whole from the other copy when the %s is damaged, and not edited before',
    async (_, lba) => {
      const disk = memoryDisk('disk0.img', sectorSize, smallPc.diskBytes)
      furnish(disk)
      const state = memoryState([disk], smallStore())
      const { platform } = expectOk(memoryPlatform({ pc: smallPcFile(sectorSize), state }))
      const probe = async () => expectOk(await platform.probe(neverCancelled)).disks[0]!
      const whole = await probe()
      const header = expectOk(disk.read(lba * sectorSize, sectorSize))
      header[24] = 0xee
      expectOk(disk.write(lba * sectorSize, header))
      const damaged = await probe()
      expect(damaged.table).toMatchObject({ agree: false })
      const remove = { kind: 'remove', slot: 2, guid: smallPc.data } as never
      expect(await platform.editPartitions(smallPc.disk, damaged.tableDigest, [remove])).toMatchObject({
        failure: { code: 'malformed' },
      })
      expectOk(await platform.editPartitions(smallPc.disk, damaged.tableDigest, []))
      expect((await probe()).tableDigest).toBe(whole.tableDigest)
      const before = platform.changes()
      expectOk(await platform.editPartitions(smallPc.disk, whole.tableDigest, []))
      expect(platform.changes()).toBe(before)
    },
  )
})
