import { GiB, MiB, bytes } from '../../base/bytes.ts'
import type { Machine } from '../../model/machine.ts'
import {
  bootEntry,
  buildDisk,
  buildMachine,
  type PartitionSpec,
} from '../../check/testing/machine-builder.ts'
import { expectPlan, planFor } from './plan-for.ts'

/** A PC with 128 partitions on two disks and 100 boot entries. */
export function crowdedMachine(): Machine {
  const partition = (disk: number, index: number): PartitionSpec => ({
    name: index === 0 && disk === 0 ? 'ESP' : `disk ${disk} partition ${index}`,
    type: index === 0 ? 'esp' : 'microsoftBasicData',
    size: index === 0 ? 100 * MiB : 8 * GiB,
    gapBefore: MiB,
    volume: {
      fileSystem: index === 0 ? 'fat32' : 'ntfs',
      free: bytes(index === 0 ? 30 * MiB : 6 * GiB),
      dirty: false,
      hibernated: false,
    },
  })
  const disk = (number: number) =>
    buildDisk({
      name: `disk${number}.img`,
      size: 600 * GiB,
      partitions: Array.from({ length: 64 }, (_, index) => partition(number, index)),
    })
  const numbers = Array.from({ length: 100 }, (_, number) => number)
  return buildMachine({
    disks: [disk(0), disk(1)],
    firmware: { bootEntries: numbers.map((number) => bootEntry(number)), bootOrder: numbers },
  })
}

/** Milliseconds to plan again after a choice changed, one for each change; the median counts. */
export function benchRecompute(changes = 40): readonly number[] {
  const machine = crowdedMachine()
  return Array.from({ length: changes }, (_, index) => {
    const start = performance.now()
    expectPlan(planFor(machine, { bootSpace: (200 + index) * MiB }))
    return performance.now() - start
  })
}
