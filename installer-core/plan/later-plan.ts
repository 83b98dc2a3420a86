import { canonicalJson } from '../base/json.ts'
import { finding, sortedFindings, type Finding } from '../check/finding.ts'
import type { Choices } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import type { Plan, PlannedStep } from '../model/plan.ts'
import { reliedFacts } from './fingerprint.ts'
import { finishPlan } from './make-plan.ts'
import type { HashText, PlanOutcome } from './plan-outcome.ts'

/** What a plan about an existing installation is made from. */
export interface LaterPlan {
  readonly goal: Exclude<Plan['goal'], 'install'>
  readonly machine: Machine
  /** What it is about; of an installation's record, the plan that was run. */
  readonly manifest: { readonly plan: Pick<Plan, 'choices' | 'fingerprint' | 'release' | 'releaseSha256'> }
  readonly choices?: Choices
  readonly steps: readonly PlannedStep[]
  readonly findings?: readonly Finding[]
  readonly pointOfNoReturn?: number | null
}

/** Finishes a plan about an existing installation: bound to the PC as it is and to the installation's own fingerprint. */
export function laterPlan(content: LaterPlan, sha256: HashText): PlanOutcome {
  const { goal, machine, manifest, steps } = content
  const issues = sortedFindings(content.findings ?? [])
  const choices = content.choices ?? manifest.plan.choices
  const bound = { facts: reliedFacts(machine), choices, installed: manifest.plan.fingerprint }
  const plan = finishPlan(
    {
      goal,
      machine,
      choices,
      release: manifest.plan.release,
      releaseSha256: manifest.plan.releaseSha256,
      seed: sha256(`berth/seed/1\n${canonicalJson(bound)}`),
      steps,
      issues,
      alternatives: [],
      pointOfNoReturn: content.pointOfNoReturn ?? null,
    },
    sha256,
  )
  return { plan, issues }
}

/** No plan, for these reasons. */
export function refused(...findings: readonly Finding[]): PlanOutcome {
  return { plan: null, issues: sortedFindings(findings) }
}

export const nothingInstalled: Finding = finding('nothing-installed', 'blocker')
