import { expectOk } from '../../base/result.ts'
import { smallStore } from '../../formats/varstore/testing/small-store.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import type { Platform } from '../../ports/platform.ts'
import type { RawDisk } from '../disk-image/raw-disk.ts'
import type { FaultPlan } from '../memory/fault-plan.ts'
import { memoryDisk } from '../memory/memory-parts.ts'
import { memoryPlatform, memoryState, type MemoryState } from '../memory/memory-platform.ts'
import { furnish, placesOf, smallPc, smallPcFile } from './small-pc.ts'

export function stateWith(
  volume: Uint8Array,
  sectorSize: 512 | 4096,
  store: Uint8Array = smallStore(),
): MemoryState {
  const disk = memoryDisk('disk0.img', sectorSize, smallPc.diskBytes)
  furnish(disk)
  expectOk(disk.write(placesOf(sectorSize).data * sectorSize, volume))
  return memoryState([disk], store)
}

export function open(state: MemoryState, sectorSize: 512 | 4096, faults?: FaultPlan, change: object = {}) {
  const pc = smallPcFile(sectorSize, change)
  return expectOk(memoryPlatform({ pc, state, ...(faults === undefined ? {} : { faults }) }))
}

export async function dataPartition(platform: Platform) {
  const facts = expectOk(await platform.probe(neverCancelled))
  const found = facts.disks[0]?.partitions.find(({ id }) => id === smallPc.data)
  if (found === undefined || facts.disks[0] === undefined) throw new Error('no data partition')
  return { ...found, tableDigest: facts.disks[0].tableDigest }
}

export function volumeOf(disk: RawDisk | undefined): Buffer {
  if (disk === undefined) throw new Error('no disk')
  return Buffer.from(expectOk(disk.read(placesOf(disk.sectorSize).data * disk.sectorSize, smallPc.dataBytes)))
}
