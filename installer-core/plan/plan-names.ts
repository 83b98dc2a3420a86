import { volumeName } from '../check/space/shrink-fitness.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan } from '../model/plan.ts'
import type { Locale } from '../text/locale.ts'
import { partitionRole, typeName } from '../text/partition-role.ts'
import { sentence } from '../text/sentence.ts'

/** How to call things in a plan's text: by the name a person knows, never by that name alone in the plan itself. */
export interface Names {
  disk(id: string): string
  volume(id: string): string
  /** What a partition is, in plain words; '' when nothing is known of it. */
  role(id: string): string
}

/** Names from the machine, and for what the plan makes from the plan. */
export function namesIn(machine: Machine, plan: Plan, locale: Locale): Names {
  const disks = new Map<string, string>(machine.disks.map((disk) => [disk.id, disk.name]))
  const volumes = new Map<string, string>(
    machine.disks.flatMap((disk) => disk.partitions.map((one) => [one.id, volumeName(one)] as const)),
  )
  const roles = new Map<string, string>(
    machine.disks.flatMap((disk) =>
      disk.partitions.map((one) => [one.id, partitionRole(one, locale)] as const),
    ),
  )
  for (const step of plan.steps) {
    if (step.kind !== 'create-partition') continue
    volumes.set(step.partition, step.name)
    roles.set(step.partition, sentence(`plan.role.${step.role}`, { type: typeName(step.typeGuid) }, locale))
  }
  return {
    disk: (id) => disks.get(id) ?? id,
    volume: (id) => volumes.get(id) ?? id,
    role: (id) => roles.get(id) ?? '',
  }
}
