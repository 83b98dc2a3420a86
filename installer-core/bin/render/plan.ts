import type { Machine } from '../../model/machine.ts'
import type { Plan } from '../../model/plan.ts'
import { describePlan } from '../../plan/describe-plan.ts'
import { wrap } from './wrap.ts'

/** A plan for people, section by section. Pictures of disks keep their columns; sentences are wrapped. */
export function planLines(plan: Plan, machine: Machine): readonly string[] {
  return describePlan(plan, machine).flatMap(({ kind, heading, lines }) => [
    heading,
    ...lines.flatMap((line, index) => {
      if (kind === 'disk') return [`  ${line}`.trimEnd()]
      const mark = kind === 'steps' ? `${index + 1}. ` : ''
      return wrap(`${mark}${line}`, 96).map(
        (part, at) => `  ${at === 0 ? '' : ' '.repeat(mark.length)}${part}`,
      )
    }),
    '',
  ])
}
