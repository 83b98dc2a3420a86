import { alignDown, bytes } from '../../base/bytes.ts'
import type { Disk } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import type { Plan } from '../../model/plan.ts'
import type { SafeText } from '../../model/primitives.ts'
import { bootEntry, buildVolume } from '../../check/testing/machine-builder.ts'
import { playBoot } from '../destroys.ts'
import { stepIn } from './plan-for.ts'

/** The PC as it is once an installation's plan was run: partitions, entries, BootNext, Berth's own state. */
export function machineAfter(machine: Machine, plan: Plan, started = true): Machine {
  const entry = stepIn(plan, 'create-boot-entry')
  const trial = stepIn(plan, 'arm-trial')
  const boot = playBoot(
    { order: machine.firmware.bootOrder, next: machine.firmware.bootNext, entries: [] },
    plan.steps,
  )
  return {
    ...machine,
    disks: machine.disks.map((disk) => diskAfter(disk, plan)),
    firmware: {
      ...machine.firmware,
      bootOrder: boot.order,
      bootNext: started ? null : boot.next,
      bootEntries: [
        ...machine.firmware.bootEntries,
        bootEntry(entry.entry, {
          description: entry.description as SafeText,
          partition: entry.partition,
          path: entry.path.replaceAll('/', '\\') as SafeText,
          data: entry.data,
        }),
      ],
    },
    berth: {
      state: 'trial',
      release: plan.release,
      partition: entry.partition,
      entry: entry.entry,
      nonce: trial.nonce,
      started,
      armed: true,
      problems: [],
    },
  }
}

function diskAfter(disk: Disk, plan: Plan): Disk {
  const layout = plan.after.find((one) => one.disk === disk.id)
  if (layout === undefined) return disk
  return {
    ...disk,
    gaps: layout.gaps,
    partitions: layout.partitions.map((row) => {
      const old = disk.partitions.find((one) => one.id === row.partition)
      const made = plan.steps.find(
        (step) => step.kind === 'create-partition' && step.partition === row.partition,
      )
      const blocks = alignDown(row.size, disk.sectorSize) / disk.sectorSize
      if (old !== undefined) return { ...old, size: row.size, blocks }
      if (made?.kind !== 'create-partition') throw new Error('a partition from nowhere')
      return {
        id: row.partition,
        slot: row.slot,
        typeGuid: made.typeGuid,
        mbrType: null,
        start: row.start,
        blocks,
        size: row.size,
        attributes: made.attributes,
        name: made.name as SafeText,
        volume: buildVolume('fat32', { size: row.size, free: bytes(row.size), dirty: false }),
      }
    }),
  }
}
