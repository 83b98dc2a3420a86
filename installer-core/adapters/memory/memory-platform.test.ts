import { expectOk } from '../../base/result.ts'
import { smallStore } from '../../formats/varstore/testing/small-store.ts'
import { describeChanging, describeReading, describeRefusing } from '../testing/platform-contract.ts'
import { furnish, smallPc, smallPcFile } from '../testing/small-pc.ts'
import { memoryDisk } from './memory-parts.ts'
import { memoryPlatform, memoryState } from './memory-platform.ts'

function open(sectorSize: 512 | 4096, access: 'read' | 'write') {
  const disk = memoryDisk('disk0.img', sectorSize, smallPc.diskBytes)
  furnish(disk)
  const state = memoryState([disk], smallStore())
  const platform = () => expectOk(memoryPlatform({ pc: smallPcFile(sectorSize), state, access })).platform
  return { platform: platform(), reopen: async () => platform() }
}

for (const sectorSize of [512, 4096] as const) {
  const name = `memory, ${sectorSize}-byte sectors`
  describeReading(name, async () => open(sectorSize, 'write').platform)
  describeRefusing(name, async () => open(sectorSize, 'read').platform)
  describeChanging(name, sectorSize, async () => open(sectorSize, 'write'))
}
