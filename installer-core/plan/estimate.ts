import { GiB, MiB } from '../base/bytes.ts'
import type { PlannedStep, StepOf } from '../model/plan.ts'

/** Bytes a second that a slow disk writes and reads back. */
const slowDisk = 60 * MiB

/** Seconds a run will take at most on an ordinary PC: writing, reading back, and moving what lies in a shrinking volume. */
export function estimateSeconds(steps: readonly PlannedStep[]): number {
  return Math.ceil(steps.reduce((sum, step) => sum + secondsFor(step), 0))
}

/** Bytes that the steps write as file contents. */
export function bytesToWrite(steps: readonly PlannedStep[]): number {
  return steps.reduce((sum, step) => sum + (writes(step) ? step.totalBytes : 0), 0)
}

function writes(step: PlannedStep): step is StepOf<'write-files' | 'restore-files' | 'write-stage'> {
  return step.kind === 'write-files' || step.kind === 'restore-files' || step.kind === 'write-stage'
}

function secondsFor(step: PlannedStep): number {
  switch (step.kind) {
    case 'write-files':
    case 'restore-files':
    case 'write-stage':
      return 1 + (2 * step.totalBytes) / slowDisk
    case 'shrink-volume':
      return 10 + (5 * (step.from - step.to)) / GiB
    case 'format-volume':
      return 3
    case 'return-room':
      return 10
    default:
      return 1
  }
}
