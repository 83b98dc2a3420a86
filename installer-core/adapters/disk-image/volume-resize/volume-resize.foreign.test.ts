import { beforeAll, describe, expect, it } from 'vitest'
import { bytes, MiB } from '../../../base/bytes.ts'
import { expectOk } from '../../../base/result.ts'
import { makeNtfs, ntfsFiles } from '../../testing/ntfs-volume.ts'
import { dataPartition, open, stateWith, volumeOf } from '../../testing/pc-with-volume.ts'
import { placesOf, smallPc } from '../../testing/small-pc.ts'

const smaller = bytes(40 * MiB)
const size = bytes(smallPc.dataBytes)

describe.each([512, 4096] as const)('NTFS on %d-byte sectors', (sectorSize) => {
  const offset = placesOf(sectorSize).data * sectorSize
  let volume: Uint8Array
  beforeAll(async () => {
    volume = await makeNtfs(size, sectorSize)
  })

  it('shrinks, and grows back in spite of the mark that the shrink left', async () => {
    const state = stateWith(volume, sectorSize)
    const disk = state.disks[0]!
    const files = await ntfsFiles(disk, offset, size)
    const { platform } = open(state, sectorSize)
    const before = await dataPartition(platform)
    expect(expectOk(await platform.shrinkLimit(smallPc.disk, smallPc.data))).toBeLessThan(20 * MiB)
    expect(platform.changes()).toBe(0)
    expectOk(await platform.resizeVolume(smallPc.disk, smallPc.data, smaller))
    const after = await dataPartition(platform)
    expect(after).toMatchObject({ size: smaller, start: before.start, volume: { dirty: true } })
    expect(after.volume.size).toBeLessThanOrEqual(smaller)
    expect(await ntfsFiles(disk, offset, smaller)).toEqual(files)
    expect(await platform.resizeVolume(smallPc.disk, smallPc.data, bytes(30 * MiB))).toMatchObject({
      failure: { code: 'volume-dirty' },
    })
    expectOk(await open(state, sectorSize).platform.resizeVolume(smallPc.disk, smallPc.data, size))
    const again = await dataPartition(platform)
    expect(again.tableDigest).toBe(before.tableDigest)
    expect(again.volume.size).toBe(before.volume.size)
    expect(await ntfsFiles(disk, offset, size)).toEqual(files)
  })
})

describe('refusals before any write', () => {
  it.each([
    ['volume-locked', { bitlocker: { conversion: 'fully-encrypted', protection: 'on' } }, smaller],
    ['volume-shrink-limit', { shrinkLimitBytes: 50 * MiB }, smaller],
    ['volume-shrink-limit', {}, bytes(4 * MiB)],
  ] as const)('%s', async (code, facts, to) => {
    const volume = await makeNtfs(size, 512)
    const state = stateWith(volume, 512)
    const { platform } = open(state, 512, undefined, { volumes: { [smallPc.data]: facts } })
    const resized = await platform.resizeVolume(smallPc.disk, smallPc.data, to)
    expect(resized).toMatchObject({ failure: { code } })
    expect(platform.changes()).toBe(0)
    expect(Buffer.compare(volumeOf(state.disks[0]), volume)).toBe(0)
  })

  it('does not grow over what lies behind', async () => {
    const { platform } = open(stateWith(await makeNtfs(size, 512), 512), 512)
    const resized = await platform.resizeVolume(smallPc.disk, smallPc.data, bytes(smallPc.diskBytes))
    expect(resized).toMatchObject({ failure: { code: 'out-of-range' } })
    expect(platform.changes()).toBe(0)
  })
})
