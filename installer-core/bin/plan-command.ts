import { fail, type Result } from '../base/result.ts'
import type { Choices } from '../model/choices.ts'
import type { Planned } from '../plan/plan-outcome.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { readChoices, type ChoiceOptions } from './choice-options.ts'
import { openRelease } from './release-option.ts'
import { withPc, type Session, type TargetOptions } from './session.ts'

export type PlanOptions = TargetOptions &
  ChoiceOptions & { readonly release: string; readonly json?: boolean }

export interface PlanInput {
  readonly session: Session
  readonly choices: Choices
  readonly release: OpenRelease
  readonly planned: Planned
}

/** What check, plan and install begin with: choices, the release, the PC, and the plan that comes of them. */
export async function withPlan<T>(
  options: PlanOptions,
  access: 'read' | 'write',
  work: (input: PlanInput) => Promise<Result<T>>,
): Promise<Result<T>> {
  const choices = readChoices(options)
  if (!choices.ok) return choices
  const release = await openRelease(options.release)
  if (!release.ok) return release
  if (choices.value.release !== undefined && choices.value.release !== release.value.manifest.id) {
    return fail('usage', {
      what: options.release,
      required: choices.value.release,
      found: release.value.manifest.id,
    })
  }
  return withPc(options, access, async (session) => {
    const planned = await session.installer.plan(choices.value, release.value)
    if (!planned.ok) return planned
    return work({ session, choices: choices.value, release: release.value, planned: planned.value })
  })
}

/** Whether a finding stands in the way. */
export function isBlocked({ issues }: Planned): boolean {
  return issues.some((issue) => issue.severity === 'blocker')
}
