import { expect, it } from 'vitest'
import { bytes, MiB } from '../../../base/bytes.ts'
import { expectOk } from '../../../base/result.ts'
import { writeCounts } from '../../../execute/testing/test-counts.ts'
import { everyFault } from '../../memory/fault-plan.ts'
import { memoryPlatform } from '../../memory/memory-platform.ts'
import { makeNtfs } from '../../testing/ntfs-volume.ts'
import { dataPartition, open, stateWith, volumeOf } from '../../testing/pc-with-volume.ts'
import { smallPc, smallPcFile } from '../../testing/small-pc.ts'

const sectorSize = 512
const smaller = bytes(40 * MiB)

it('a shrink goes back to the very same bytes after a fault at any call, at once or when opened again', async () => {
  const volume = await makeNtfs(smallPc.dataBytes, sectorSize)
  const first = open(stateWith(volume, sectorSize), sectorSize)
  expectOk(await first.platform.resizeVolume(smallPc.disk, smallPc.data, smaller))
  const plans = [...everyFault(first.faults.calls, 2)].filter(
    ({ kind, operation }) => kind !== 'silent-loss' && operation !== 'variables.replace',
  )
  let failed = 0
  for (const plan of plans.flatMap((one) => [one, { ...one, lasting: true }])) {
    const state = stateWith(volume, sectorSize)
    const before = await dataPartition(open(state, sectorSize).platform)
    const opened = memoryPlatform({ pc: smallPcFile(sectorSize), state, faults: plan })
    const resized = opened.ok
      ? await opened.value.platform.resizeVolume(smallPc.disk, smallPc.data, smaller)
      : opened
    if (resized.ok) continue
    failed += 1
    expect((await dataPartition(open(state, sectorSize).platform)).tableDigest).toBe(before.tableDigest)
    expect(Buffer.compare(volumeOf(state.disks[0]), volume)).toBe(0)
  }
  expect(failed).toBeGreaterThan(plans.length)
  writeCounts('volume-resize', { faults: 2 * plans.length })
})
