import type { Bytes } from '../base/bytes.ts'
import type { Plan } from '../model/plan.ts'
import type { PartitionId } from '../model/primitives.ts'

/** What is wanted: this much room at the end of this volume. */
export interface RoomWish {
  readonly partition: PartitionId
  readonly by: Bytes
  /** The room that the stage is to work in, as it was shown. Absent: as much as it takes, and some more. */
  readonly storeBytes?: Bytes | undefined
}

/** The wish as a plan that was shown has it: whoever plans for it again gets the same plan. */
export function wishAsShown({ partition, by }: RoomWish, plan: Plan): RoomWish {
  const written = plan.steps.find((step) => step.kind === 'write-stage')
  return { partition, by, storeBytes: written?.storeBytes }
}
