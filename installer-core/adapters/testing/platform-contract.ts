import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes, lba, MiB } from '../../base/bytes.ts'
import { guid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { partitionType, vendor } from '../../base/well-known.ts'
import { machineSchema, rawFactsSchema, type ProbeFacts } from '../../model/machine.ts'
import type { DiskId, PartitionId } from '../../model/primitives.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import type { PartitionEdit, Platform } from '../../ports/platform.ts'
import { contentOf, patternOf, sourceOf } from './byte-source.ts'
import { placesOf, smallPc } from './small-pc.ts'

/** One PC with the layout of `smallPc`. `reopen` gives a new platform over the same PC, as after a restart of Berth. */
export interface ContractPc {
  readonly platform: Platform
  reopen(): Promise<Platform>
}

const noDisk = 'd15c0000-0000-4000-8000-00000000ffff' as DiskId
const noPartition = 'e5900000-0000-4000-8000-00000000ffff' as PartitionId
const variable = { vendor: vendor.berth, name: 'Contract' }

/** What every platform must do, whether or not it can be changed. */
export function describeReading(name: string, make: () => Promise<Platform>): void {
  describe(`${name}: reading`, () => {
    let platform: Platform
    beforeEach(async () => {
      platform = await make()
    })
    afterEach(async () => {
      expectOk(await platform.close())
    })

    it('probes facts that follow the schema and name the disk and its partitions', async () => {
      const facts = expectOk(await platform.probe(neverCancelled))
      const schema = facts.schema === 'berth/machine/1' ? machineSchema : rawFactsSchema
      expect(schema.safeParse(facts).error).toBeUndefined()
      expect(diskOf(facts).partitions.map(({ id }) => id)).toEqual([smallPc.esp, smallPc.data])
    })

    it('gives the same facts again, and changes nothing by looking', async () => {
      const before = platform.changes()
      const first = expectOk(await platform.probe(neverCancelled))
      expect(expectOk(await platform.probe(neverCancelled))).toEqual(first)
      expect(platform.changes()).toBe(before)
    })

    it('stops when asked to', async () => {
      expect(await platform.probe({ requested: true })).toMatchObject({ failure: { code: 'cancelled' } })
    })

    it('knows nothing but what is there', async () => {
      const to = bytes(MiB)
      const format = { label: 'X', volumeId: '00000000' }
      const unknownDisk = { ok: false, failure: { code: 'unknown-disk' } }
      const unknownPartition = { ok: false, failure: { code: 'unknown-partition' } }
      expect(await platform.openDisk(noDisk, 'read')).toMatchObject(unknownDisk)
      expect(await platform.shrinkLimit(noDisk, smallPc.data)).toMatchObject(unknownDisk)
      expect(await platform.openBootVolume(noDisk, smallPc.esp)).toMatchObject(unknownDisk)
      expect(await platform.editPartitions(noDisk, '', [])).toMatchObject(unknownDisk)
      expect(await platform.openBootVolume(smallPc.disk, noPartition)).toMatchObject(unknownPartition)
      expect(await platform.shrinkLimit(smallPc.disk, noPartition)).toMatchObject(unknownPartition)
      expect(await platform.resizeVolume(smallPc.disk, noPartition, to)).toMatchObject(unknownPartition)
      expect(await platform.formatVolume(smallPc.disk, noPartition, format)).toMatchObject(unknownPartition)
    })

    it('lists variables that it can read, and has none of another name', async () => {
      const names = expectOk(await platform.firmware.list())
      for (const one of names) expect(expectOk(await platform.firmware.read(one))).not.toBeNull()
      expect(expectOk(await platform.firmware.read({ vendor: vendor.berth, name: 'Nowhere' }))).toBeNull()
    })
  })
}

/** What a platform must do that was opened to be looked at only. */
export function describeRefusing(name: string, make: () => Promise<Platform>): void {
  describe(`${name}: refusing changes`, () => {
    it('answers every change with read-only', async () => {
      const platform = await make()
      const digest = diskOf(expectOk(await platform.probe(neverCancelled))).tableDigest
      const format = { label: 'X', volumeId: '00000000' }
      const value = { attributes: 7, data: Uint8Array.of(1) }
      const answers = [
        await platform.openDisk(smallPc.disk, 'write'),
        await platform.editPartitions(smallPc.disk, digest, []),
        await platform.resizeVolume(smallPc.disk, smallPc.data, bytes(32 * MiB)),
        await platform.formatVolume(smallPc.disk, smallPc.data, format),
        await platform.firmware.write(variable, value),
        await platform.firmware.delete(variable),
        await platform.restart(),
      ]
      for (const answer of answers) expect(answer).toMatchObject({ failure: { code: 'read-only' } })
      expect(platform.changes() ?? 0).toBe(0)
      await platform.close()
    })
  })
}

/** What a platform must do that changes its PC. */
export function describeChanging(
  name: string,
  sectorSize: 512 | 4096,
  make: () => Promise<ContractPc>,
): void {
  describe(`${name}: changing`, () => {
    let pc: ContractPc
    let platform: Platform
    beforeEach(async () => {
      pc = await make()
      platform = pc.platform
    })

    async function reopen(): Promise<Platform> {
      expectOk(await platform.close())
      platform = await pc.reopen()
      return platform
    }
    afterEach(async () => {
      expectOk(await platform.close())
    })
    const probe = async () => diskOf(expectOk(await platform.probe(neverCancelled)))

    it('adds and removes a partition, and ends with the very same table', async () => {
      const before = await probe()
      expectOk(await platform.editPartitions(smallPc.disk, before.tableDigest, [addBoot(sectorSize)]))
      await reopen()
      const between = await probe()
      expect(between.partitions.map(({ id }) => id)).toEqual([smallPc.esp, smallPc.data, smallPc.boot])
      expect(await platform.editPartitions(smallPc.disk, before.tableDigest, [])).toMatchObject({
        failure: { code: 'table-changed' },
      })
      const remove = { kind: 'remove', slot: 3, guid: guid(smallPc.boot) } as const
      expectOk(await platform.editPartitions(smallPc.disk, between.tableDigest, [remove]))
      expect((await probe()).tableDigest).toBe(before.tableDigest)
    })

    it('makes all edits or none', async () => {
      const { tableDigest } = await probe()
      const wrong = { kind: 'remove', slot: 2, guid: guid(smallPc.esp) } as const
      const edited = await platform.editPartitions(smallPc.disk, tableDigest, [addBoot(sectorSize), wrong])
      expect(edited).toMatchObject({ failure: { code: 'identity-changed' } })
      expect((await probe()).tableDigest).toBe(tableDigest)
    })

    it('formats what holds nothing and refuses what holds a file system', async () => {
      const format = { label: 'BERTH', volumeId: '12ab34cd' }
      expect(await platform.formatVolume(smallPc.disk, smallPc.esp, format)).toMatchObject({
        failure: { code: 'already-exists' },
      })
      const { tableDigest } = await probe()
      expectOk(await platform.editPartitions(smallPc.disk, tableDigest, [addBoot(sectorSize)]))
      expectOk(await platform.formatVolume(smallPc.disk, smallPc.boot, format))
      const made = (await probe()).partitions.find(({ id }) => id === smallPc.boot)
      expect(made?.volume).toMatchObject({
        fileSystem: 'fat32',
        label: 'BERTH',
        uuid: '12ab34cd',
        dirty: false,
      })
    })

    it('keeps files that were synced, and nothing of others', async () => {
      const data = patternOf(2_345_678)
      const tree = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
      expectOk(await tree.makeFolder('/EFI'))
      expectOk(await tree.create('/EFI/kept.tmp', sourceOf(data)))
      expectOk(await tree.rename('/EFI/kept.tmp', '/EFI/kept.efi'))
      expectOk(await tree.sync())
      expectOk(await tree.create('/EFI/lost.efi', sourceOf(data)))
      await reopen()
      const again = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
      expect(expectOk(await again.list('/EFI')).map((entry) => entry.name)).toEqual(['kept.efi'])
      expect((await contentOf(again, '/EFI/kept.efi')).equals(data)).toBe(true)
      expectOk(await again.close())
    })

    it('erases a file: of the same size, and nothing but zeros', async () => {
      const tree = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
      expectOk(await tree.create('/secret.cred', sourceOf(patternOf(5000))))
      expectOk(await tree.sync())
      expectOk(await tree.erase('/secret.cred'))
      expectOk(await tree.sync())
      await reopen()
      const again = expectOk(await platform.openBootVolume(smallPc.disk, smallPc.esp))
      expect((await contentOf(again, '/secret.cred')).equals(Buffer.alloc(5000))).toBe(true)
      expectOk(await again.remove('/secret.cred'))
      expect(await again.erase('/secret.cred')).toMatchObject({ failure: { code: 'not-found' } })
      expectOk(await again.close())
    })

    it('keeps firmware variables, whatever their bytes', async () => {
      const value = { attributes: 7, data: patternOf(200) }
      expectOk(await platform.firmware.write(variable, { attributes: 7, data: Uint8Array.of(1, 2, 3) }))
      expectOk(await platform.firmware.write(variable, value))
      await reopen()
      expect(expectOk(await platform.firmware.read(variable))).toEqual(value)
      expectOk(await platform.firmware.delete(variable))
      expectOk(await platform.firmware.delete(variable))
      await reopen()
      expect(expectOk(await platform.firmware.read(variable))).toBeNull()
    })

    it('reads and writes whole sectors of a disk, and refuses the rest', async () => {
      const device = expectOk(await platform.openDisk(smallPc.disk, 'write'))
      const at = bytes(placesOf(sectorSize).gap * sectorSize)
      const data = patternOf(3 * sectorSize)
      expectOk(await device.write(at, data))
      expectOk(await device.flush())
      expect(expectOk(await device.read(at, bytes(data.length)))).toEqual(data)
      const outOfRange = { failure: { code: 'out-of-range' } }
      expect(await device.write(bytes(at + 1), data)).toMatchObject(outOfRange)
      expect(await device.read(at, bytes(1))).toMatchObject(outOfRange)
      expect(await device.read(device.size, bytes(sectorSize))).toMatchObject(outOfRange)
      expectOk(await device.close())
      const reader = expectOk(await platform.openDisk(smallPc.disk, 'read'))
      expect(await reader.write(at, data)).toMatchObject({ failure: { code: 'read-only' } })
      expectOk(await reader.close())
    })

    it('counts its changes, or says that it does not', async () => {
      const before = platform.changes()
      expectOk(await platform.firmware.write(variable, { attributes: 7, data: Uint8Array.of(9) }))
      expect(platform.changes()).toBe(before === null ? null : before + 1)
    })

    it('inhibits and releases', async () => {
      const release = expectOk(await platform.inhibit('a test is running'))
      await release()
    })
  })
}

function diskOf(facts: ProbeFacts) {
  const disk = facts.disks.find(({ id }) => id === smallPc.disk)
  if (disk === undefined) throw new Error('the probe did not find the disk')
  return disk
}

function addBoot(sectorSize: number): PartitionEdit {
  return {
    kind: 'add',
    slot: 3,
    guid: guid(smallPc.boot),
    typeGuid: partitionType.xbootldr,
    start: lba(placesOf(sectorSize).gap),
    blocks: (300 * MiB) / sectorSize,
    attributes: '0000000000000000',
    name: 'Berth',
  }
}
