import { beforeEach, describe, expect, it } from 'vitest'
import { bytes, lba } from '../base/bytes.ts'
import { fromHex } from '../base/guid.ts'
import { expectOk } from '../base/result.ts'
import type { DiskId, PartitionId, ReleaseId } from '../model/primitives.ts'
import type { StageJob } from '../model/stage.ts'
import { MemoryFirmware } from './testing/memory-firmware.ts'
import { bootNextName, bootOrderName, bootVariable, numbersToBytes } from './variables.ts'
import { armStage, leaveFirmware, leaveUnlessLeading, takeLead } from './stage-firmware.ts'

const job: StageJob = {
  schema: 'berth/stage-job/1',
  disk: 'd15c0000-0000-4000-8000-000000000001' as DiskId,
  partition: 'da7a0000-0000-4000-8000-000000000001' as PartitionId,
  start: lba(2048),
  from: bytes(96),
  to: bytes(56),
  entry: 7,
  option: '0102',
  release: 'offline-1' as ReleaseId,
  releaseSha256: 'ab'.repeat(32),
}
let firmware: MemoryFirmware
const order = () => firmware.data(bootOrderName)
const next = () => firmware.data(bootNextName)
const entry = () => firmware.data(bootVariable(7))
beforeEach(() => {
  firmware = new MemoryFirmware()
  firmware.set(bootOrderName, numbersToBytes([2, 0]))
  firmware.set(bootVariable(7), fromHex(job.option))
})

describe("the stage's hold on the firmware", () => {
  it('is BootNext, read back', async () => {
    expectOk(await armStage(firmware, 7))
    expect(next()).toEqual([7, 0])
    firmware.fault = (call) => (call === 'write' ? 'lose' : null)
    expect(await armStage(firmware, 7)).toMatchObject({ failure: { code: 'firmware-variable-lost' } })
  })

  it('is the first place of the order before the volume is touched, once however often it is taken', async () => {
    expectOk(await takeLead(firmware, 7))
    expectOk(await takeLead(firmware, 7))
    expect(order()).toEqual([7, 0, 2, 0, 0, 0])
  })

  it('is refused by a firmware that puts its own order back', async () => {
    firmware.fault = (call) => (call === 'write' ? 'revert' : null)
    expect(await takeLead(firmware, 7)).toMatchObject({ failure: { code: 'firmware-order-reverted' } })
  })

  it('is let go of by a stage that cannot read its job, but not once it leads the order', async () => {
    expectOk(await armStage(firmware, 7))
    // Some firmware puts every entry into the order, at its end.
    firmware.set(bootOrderName, numbersToBytes([2, 0, 7]))
    expect(expectOk(await leaveUnlessLeading(firmware, 7))).toBe(true)
    expect([next(), order()]).toEqual([null, [2, 0, 0, 0, 7, 0]])
    firmware.set(bootNextName, numbersToBytes([2]))
    expect(expectOk(await leaveUnlessLeading(firmware, 7))).toBe(true)
    expect(next()).toEqual([2, 0])
    expectOk(await armStage(firmware, 7))
    expectOk(await takeLead(firmware, 7))
    expect(expectOk(await leaveUnlessLeading(firmware, 7))).toBe(false)
    expect(next()).toEqual([7, 0])
  })

  it('is let go of without a trace, the order first and BootNext after it', async () => {
    expectOk(await armStage(firmware, 7))
    expectOk(await takeLead(firmware, 7))
    firmware.calls = []
    expectOk(await leaveFirmware(firmware, job))
    expect([order(), next(), entry()]).toEqual([[2, 0, 0, 0], null, null])
    const changes = firmware.calls.filter((call) => !call.startsWith('read'))
    expect(changes).toEqual(['write BootOrder', 'delete BootNext', 'delete Boot0007'])
    expectOk(await leaveFirmware(firmware, job))
  })

  it('leaves what is not its own: another choice for the next start, an entry with other bytes', async () => {
    firmware.set(bootNextName, numbersToBytes([2]))
    firmware.set(bootVariable(7), fromHex('0304'))
    expectOk(await leaveFirmware(firmware, job))
    expect([order(), next(), entry()]).toEqual([
      [2, 0, 0, 0],
      [2, 0],
      [3, 4],
    ])
  })

  it('gives back an order that was not there before', async () => {
    expectOk(await firmware.delete(bootOrderName))
    expectOk(await takeLead(firmware, 7))
    expectOk(await leaveFirmware(firmware, job))
    expect(order()).toBeNull()
  })
})
