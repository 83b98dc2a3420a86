import { fail, type Result } from '../base/result.ts'
import type { Choices } from '../model/choices.ts'
import type { Planned } from '../plan/plan-outcome.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { withChosenNetworks } from './chosen-networks.ts'
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
  // For this PC somebody may be asked for a password: not before it is known that there is something to install.
  const isNamed = options.pc !== undefined || options.machine !== undefined
  const early = isNamed ? null : await chosenRelease(options, choices.value)
  if (early !== null && !early.ok) return early
  return withPc(options, access, async (session) => {
    const release = early ?? (await chosenRelease(options, choices.value))
    if (!release.ok) return release
    const { installer } = session
    const wanted = await withChosenNetworks(choices.value, options.wifi, installer, release.value.manifest)
    if (!wanted.ok) return wanted
    const planned = await installer.plan(wanted.value, release.value)
    if (!planned.ok) return planned
    return work({ session, choices: wanted.value, release: release.value, planned: planned.value })
  })
}

async function chosenRelease(
  { release: name }: PlanOptions,
  { release: wanted }: Choices,
): Promise<Result<OpenRelease>> {
  const release = await openRelease(name)
  if (!release.ok || wanted === undefined || wanted === release.value.manifest.id) return release
  return fail('usage', { what: name, required: wanted, found: release.value.manifest.id })
}

/** Whether a finding stands in the way. */
export function isBlocked({ issues }: Planned): boolean {
  return issues.some((issue) => issue.severity === 'blocker')
}
