import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { expectOk } from '../base/result.ts'
import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import type { Machine } from '../model/machine.ts'
import { neverCancelled } from '../ports/cancellation.ts'
import { buildMachine } from '../probe/build-machine.ts'
import { practicePcFromMachine } from './new-pc.ts'
import { madePc } from './testing/made-pcs.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-from-machine-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function machineOf(pc: string): Promise<Machine> {
  const opened = expectOk(await openPracticePc(pc, { access: 'read' }))
  const facts = expectOk(await opened.platform.probe(neverCancelled))
  await opened.close()
  return expectOk(buildMachine(facts, nodeHasher))
}

const shape = (machine: Machine) => ({
  disks: machine.disks.map((disk) => ({
    id: disk.id,
    size: disk.size,
    sectorSize: disk.sectorSize,
    table: disk.table,
    gaps: disk.gaps,
    partitions: disk.partitions.map(({ volume, ...partition }) => ({
      ...partition,
      fileSystem: volume.fileSystem,
      uuid: volume.uuid,
      label: volume.label,
    })),
  })),
  entries: machine.firmware.bootEntries,
  order: machine.firmware.bootOrder,
  running: machine.running,
  windows: machine.windows,
})

test.each(['windows', 'windows-4kn', 'windows-two-disks', 'linux-windows', 'bitlocker', 'bios'] as const)(
  'a PC made from the machine of %s has its shape',
  async (like) => {
    const machine = await machineOf(await madePc(like))
    const pc = join(folder, like)
    expectOk(await practicePcFromMachine(pc, machine, { unstarted: true }))
    expect(shape(await machineOf(pc))).toEqual(shape(machine))
  },
)

test('an ESP keeps its free space, and a volume that is stored on keeps how far it can shrink', async () => {
  const machine = await machineOf(await madePc('windows'))
  const pc = join(folder, 'free')
  expectOk(await practicePcFromMachine(pc, machine, { unstarted: true }))
  const [esp, , windows] = (await machineOf(pc)).disks[0]!.partitions
  const [oldEsp, , oldWindows] = machine.disks[0]!.partitions
  expect(Math.abs(esp!.volume.free! - oldEsp!.volume.free!)).toBeLessThan(64 * 1024)
  expect(windows!.volume.shrinkLimit).toBe(
    oldWindows!.volume.shrinkLimit ?? oldWindows!.size - oldWindows!.volume.free!,
  )
})

test('a disk whose table nobody could read is refused', async () => {
  const machine = await machineOf(await madePc('windows'))
  const disk = { ...machine.disks[0]!, table: { kind: 'unreadable' as const, reason: 'x' } }
  const refused = await practicePcFromMachine(join(folder, 'refused'), { ...machine, disks: [disk] })
  expect(refused).toMatchObject({ ok: false, failure: { code: 'unsupported' } })
})

test('a disk that nobody has used yet stays empty', async () => {
  const machine = await machineOf(await madePc('windows-two-disks'))
  const [first, second] = machine.disks
  const blank = { ...second!, table: { kind: 'none' as const }, partitions: [], gaps: [] }
  const pc = join(folder, 'blank')
  expectOk(await practicePcFromMachine(pc, { ...machine, disks: [first!, blank] }, { unstarted: true }))
  expect((await machineOf(pc)).disks[1]!.table.kind).toBe('none')
})
