import { volumeName } from '../check/space/shrink-fitness.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan } from '../model/plan.ts'

/** How to call things in a plan's text: by the name a person knows, never by that name alone in the plan itself. */
export interface Names {
  disk(id: string): string
  volume(id: string): string
}

/** Names from the machine, and for what the plan makes from the plan. */
export function namesIn(machine: Machine, plan: Plan): Names {
  const disks = new Map<string, string>(machine.disks.map((disk) => [disk.id, disk.name]))
  const volumes = new Map<string, string>(
    machine.disks.flatMap((disk) => disk.partitions.map((one) => [one.id, volumeName(one)] as const)),
  )
  for (const step of plan.steps) {
    if (step.kind === 'create-partition') volumes.set(step.partition, step.name)
  }
  return { disk: (id) => disks.get(id) ?? id, volume: (id) => volumes.get(id) ?? id }
}
