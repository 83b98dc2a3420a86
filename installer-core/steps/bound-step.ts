import { z } from 'zod'
import { assertNever } from '../base/assert-never.ts'
import { done, fail, ok, type Result } from '../base/result.ts'
import type { PlannedStep, StepKind, StepOf } from '../model/plan.ts'
import type { Evidence } from '../model/report.ts'
import type { Description, Step, StepTools } from '../ports/step.ts'
import { armStageStep } from './arm-stage.ts'
import { armTrial, armedBeforeSchema } from './arm-trial.ts'
import { clearBootNext } from './clear-boot-next.ts'
import { confirmTrial, confirmedBeforeSchema } from './confirm-trial.ts'
import { createBootEntry } from './create-boot-entry.ts'
import { createPartition } from './create-partition.ts'
import { formatVolume } from './format-volume.ts'
import { replaceBootEntry } from './replace-boot-entry.ts'
import { restoreFiles, setAsideSchema } from './restore-files.ts'
import { nextBeforeSchema, setBootNext } from './set-boot-next.ts'
import { setBootOrder } from './set-boot-order.ts'
import { shrinkVolume } from './shrink-volume.ts'
import { isRemoval, takeBack } from './removal.ts'
import { writeCredentials } from './write-credentials.ts'
import { madeSchema, writeFiles } from './write-files.ts'
import { stageMadeSchema, writeStage } from './write-stage.ts'

/** A planned step with its arguments filled in. Undo records are plain data here; they come from a journal. */
export interface BoundStep {
  describe(): Description
  prepare(tools: StepTools): Promise<Result<unknown>>
  apply(tools: StepTools): Promise<Result<void>>
  verify(tools: StepTools): Promise<Result<readonly Evidence[]>>
  undo(tools: StepTools, record: unknown): Promise<Result<readonly string[]>>
  hasHappened(tools: StepTools): Promise<Result<boolean>>
  settle(tools: StepTools): Promise<Result<void>>
}

/** The step that does what was planned. A record that is not this step's counts as lost. */
export function bindStep(planned: PlannedStep): BoundStep {
  if (isRemoval(planned)) return boundRemoval(planned.kind, (tools) => takeBack(tools, planned))
  switch (planned.kind) {
    case 'shrink-volume':
      return bind(shrinkVolume, z.null(), planned)
    case 'create-partition':
      return bind(createPartition, z.null(), planned)
    case 'format-volume':
      return bind(formatVolume, z.null(), planned)
    case 'write-files':
      return bind(writeFiles, madeSchema, planned)
    case 'write-credentials':
      return bind(writeCredentials, z.null(), planned)
    case 'create-boot-entry':
      return bind(createBootEntry, z.null(), planned)
    case 'arm-trial':
      return bind(armTrial, armedBeforeSchema, planned)
    case 'confirm-trial':
      return bind(confirmTrial, confirmedBeforeSchema, planned)
    case 'set-boot-next':
      return bind(setBootNext, nextBeforeSchema, planned)
    case 'clear-boot-next':
      return bind(clearBootNext, z.null(), planned)
    case 'write-stage':
      return bind(writeStage, stageMadeSchema, planned)
    case 'arm-stage':
      return bind(armStageStep, z.null(), planned)
    case 'restore-files':
      return bind(restoreFiles, setAsideSchema, planned)
    case 'replace-boot-entry':
      return bind(replaceBootEntry, z.null(), planned)
    case 'set-boot-order':
      return bind(setBootOrder, z.null(), planned)
    default:
      return assertNever(planned)
  }
}

function bind<K extends StepKind, U>(step: Step<K, U>, records: z.ZodType<U>, args: StepOf<K>): BoundStep {
  return {
    describe: () => step.describe(args),
    prepare: (tools) => step.prepare(tools, args),
    apply: (tools) => step.apply(tools, args),
    verify: (tools) => step.verify(tools, args),
    undo: (tools, record) => {
      const parsed = records.safeParse(record)
      return step.undo(tools, args, parsed.success ? parsed.data : null)
    },
    hasHappened: async (tools) => step.hasHappened?.(tools, args) ?? ok(false),
    settle: async (tools) => step.settle?.(tools, args) ?? done,
  }
}

/** A removal takes back, at once and idempotently; it has no other side. */
function boundRemoval(
  kind: StepKind,
  undo: (tools: StepTools) => Promise<Result<readonly string[]>>,
): BoundStep {
  const refuse = async (): Promise<Result<never>> => fail('unsupported', { what: kind })
  return {
    describe: () => ({ code: kind, facts: {} }),
    prepare: refuse,
    apply: refuse,
    verify: refuse,
    undo,
    hasHappened: async () => ok(false),
    settle: async () => done,
  }
}
