import { expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { smallStore } from '../../formats/varstore/testing/small-store.ts'
import { machineSchema, type Machine } from '../../model/machine.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import { memoryDisk } from '../memory/memory-parts.ts'
import { memoryPlatform, memoryState } from '../memory/memory-platform.ts'
import { describeReading, describeRefusing } from '../testing/platform-contract.ts'
import { furnish, smallPc, smallPcFile } from '../testing/small-pc.ts'
import { recordedPlatform } from './recorded-platform.ts'

async function recorded(): Promise<Machine> {
  const disk = memoryDisk('disk0.img', 512, smallPc.diskBytes)
  furnish(disk)
  const state = memoryState([disk], smallStore())
  const { platform } = expectOk(memoryPlatform({ pc: smallPcFile(512), state, access: 'read' }))
  const facts = expectOk(await platform.probe(neverCancelled))
  if (facts.schema !== 'berth/facts/1') throw new Error('a practice PC gives facts')
  const { variables, ...firmware } = facts.firmware
  expect(variables).toEqual([])
  return machineSchema.parse({
    ...facts,
    schema: 'berth/machine/1',
    firmware: {
      ...firmware,
      secureBoot: { state: 'off', certificates: [], allowed: [], refused: [], sbatLevel: null },
      bootEntries: [],
      unreadableEntries: [],
      bootOrder: [3, 1],
      bootNext: 1,
      bootCurrent: null,
      timeoutSeconds: null,
      quirks: [],
    },
    ambiguous: { disks: [], partitions: [] },
    installed: [],
    berth: { state: 'absent' },
  })
}

describeReading('recorded machine', async () => recordedPlatform(await recorded()))
describeRefusing('recorded machine', async () => recordedPlatform(await recorded()))

it('shows the boot variables that the recording names', async () => {
  const { firmware } = recordedPlatform(await recorded())
  const names = expectOk(await firmware.list()).map(({ name }) => name)
  expect(names).toEqual(['BootOrder', 'BootNext'])
  const order = expectOk(await firmware.read({ vendor: vendor.global, name: 'BootOrder' }))
  expect(order?.data).toEqual(Uint8Array.of(3, 0, 1, 0))
})
