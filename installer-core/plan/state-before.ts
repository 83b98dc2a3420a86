import { fallbackLoaders } from '../check/health/surroundings.ts'
import type { Machine } from '../model/machine.ts'
import type { OwnershipManifest } from '../model/manifest.ts'
import type { Plan } from '../model/plan.ts'

/** The state before a run, as the ownership manifest keeps it: the disks the plan touches, without serial numbers. */
export function stateBefore(machine: Machine, plan: Plan): OwnershipManifest['before'] {
  const touched = new Set<string>(
    plan.steps.flatMap((step) => ('disk' in step ? [step.disk] : 'target' in step ? [step.target.disk] : [])),
  )
  const writing = plan.steps.find((step) => step.kind === 'write-files')
  const made = plan.steps.some((step) => step.kind === 'create-partition' && step.role === 'boot')
  const partitions = machine.disks.flatMap((disk) => disk.partitions)
  const free = partitions.find((partition) => partition.id === writing?.target.partition)?.volume.free ?? null
  return {
    bootOrder: machine.firmware.bootOrder,
    bootNext: machine.firmware.bootNext,
    disks: machine.disks.filter((disk) => touched.has(disk.id)).map((disk) => ({ ...disk, serial: null })),
    bootVolumeFree: made ? null : free,
    fallbacks: fallbackLoaders(machine),
  }
}
