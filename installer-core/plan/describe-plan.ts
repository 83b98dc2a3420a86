import type { Facts } from '../base/failure.ts'
import type { Machine } from '../model/machine.ts'
import type { Loss, Plan } from '../model/plan.ts'
import { describeIssue } from '../text/issues.ts'
import type { Locale } from '../text/locale.ts'
import { sentence } from '../text/sentence.ts'
import { describeLayout } from './describe-layout.ts'
import { describeStep } from './describe-step.ts'
import { drawLayouts } from './draw-layouts.ts'
import { namesIn, type Names } from './plan-names.ts'

/** One part of a plan's text: a heading and its lines, each a whole sentence or a row of a picture. */
export interface PlanSection {
  readonly kind:
    'title' | 'steps' | 'disk' | 'lost' | 'untouched' | 'back' | 'mind' | 'alternatives' | 'effort'
  readonly heading: string
  readonly lines: readonly string[]
}

/** What a careful person wants to read before saying yes: every change, the disks before and after, and the way back. */
export function describePlan(plan: Plan, machine: Machine, locale: Locale = 'en'): readonly PlanSection[] {
  const say = (key: string, facts: Facts = {}): string => sentence(key, facts, locale)
  const names = namesIn(machine, plan, locale)
  const section = (kind: PlanSection['kind'], lines: readonly string[], facts: Facts = {}): PlanSection => ({
    kind,
    heading: say(`plan.section.${kind}`, facts),
    lines,
  })
  const title: PlanSection = {
    kind: 'title',
    heading: say(`plan.title.${plan.goal}${isRoomAlone(plan) ? '.room' : ''}`, { release: plan.release }),
    lines: plan.steps.length === 0 ? [say('plan.nothing')] : [],
  }
  if (plan.steps.length === 0) return [title]
  return [
    title,
    section(
      'steps',
      plan.steps.map((step) => describeStep(step, names, locale)),
    ),
    // A repair changes no partition.
    ...(plan.goal === 'repair' ? [] : plan.before).map((before) => {
      const after = plan.after.find((layout) => layout.disk === before.disk) ?? before
      const sectorSize = machine.disks.find((disk) => disk.id === before.disk)?.sectorSize ?? 512
      const lines = [
        ...drawLayouts(before, after, { sectorSize, names, locale }),
        ...describeLayout(before, after, names, locale),
      ]
      return section('disk', lines, { disk: names.disk(before.disk) })
    }),
    section('lost', lostLines(plan, names, locale)),
    section(
      'untouched',
      untouched(plan).map((key) => say(key)),
    ),
    section('back', wayBack(plan, locale)),
    ...optional(section('mind', mindLines(plan, locale))),
    ...optional(section('alternatives', alternativeLines(plan, names, locale))),
    section('effort', [
      say('plan.effort', { bytes: plan.bytesToWrite, seconds: plan.estimateSeconds }),
      say('plan.fingerprint', { fingerprint: plan.fingerprint }),
    ]),
  ]
}

/** Nothing is installed, and the undo gives room back. */
function isRoomAlone({ steps }: Plan): boolean {
  return steps.length > 0 && steps.every((step) => step.kind === 'return-room')
}

function optional(section: PlanSection): readonly PlanSection[] {
  return section.lines.length === 0 ? [] : [section]
}

function lostLines(plan: Plan, names: Names, locale: Locale): readonly string[] {
  if (plan.lost.length === 0) return [sentence('plan.lost.nothing', {}, locale)]
  return plan.lost.map((loss) => {
    const what = sentence(`plan.lost.${loss.what}`, lossFacts(loss, names), locale)
    return `${what} ${sentence(wayToHaveItAgain(plan, loss), {}, locale)}`
  })
}

function wayToHaveItAgain({ goal }: Plan, { restorable }: Loss): string {
  if (goal === 'repair' && !restorable) return 'plan.lost.not-kept'
  if (goal === 'switch') return 'plan.lost.choose-again'
  return restorable ? 'plan.lost.restorable' : 'plan.lost.final'
}

function lossFacts(loss: Loss, names: Names): Facts {
  return { where: loss.where, size: loss.size, volume: names.volume(loss.where), ...loss.facts }
}

/** What no step of the plan concerns, told by the steps' kinds. */
function untouched(plan: Plan): readonly string[] {
  const kinds = new Set(plan.steps.map((step) => step.kind))
  const removes = kinds.has('remove-partition') || kinds.has('remove-files')
  const sorts = kinds.has('confirm-trial') || kinds.has('set-boot-order') || kinds.has('replace-boot-entry')
  return [
    ...(removes || kinds.has('restore-files') || isRoomAlone(plan) ? [] : ['plan.untouched.volumes']),
    ...(kinds.has('restore-files') || isRoomAlone(plan) ? ['plan.untouched.other-files'] : []),
    'plan.untouched.partitions',
    ...(sorts || removes ? [] : ['plan.untouched.entries']),
    ...(plan.goal === 'repair' && sorts ? ['plan.untouched.other-entries'] : []),
    'plan.untouched.secure-boot',
  ]
}

function wayBack(plan: Plan, locale: Locale): readonly string[] {
  if (isRoomAlone(plan)) return ['plan.back.room', 'plan.back.cut'].map((key) => sentence(key, {}, locale))
  if (plan.goal === 'make-room')
    return ['plan.back.make-room', 'plan.back.cut'].map((key) => sentence(key, {}, locale))
  const keys = [
    ...(plan.steps.some((step) => step.kind === 'arm-trial') ? ['plan.back.trial'] : []),
    ...(plan.goal === 'undo' || plan.goal === 'clear-room' ? [] : ['plan.back.undo']),
    'plan.back.cut',
  ]
  const point = plan.pointOfNoReturn
  const noReturn = plan.goal === 'repair' ? 'plan.back.replaced' : 'plan.back.no-return'
  return [
    ...keys.map((key) => sentence(key, {}, locale)),
    point === null ? sentence('plan.back.none', {}, locale) : sentence(noReturn, { step: point + 1 }, locale),
  ]
}

function mindLines(plan: Plan, locale: Locale): readonly string[] {
  return plan.issues
    .filter((issue) => issue.severity === 'warning')
    .flatMap((issue) => {
      const { title, message, remedy } = describeIssue(issue, locale)
      return [`${title}. ${message} ${remedy}`]
    })
}

function alternativeLines(plan: Plan, names: Names, locale: Locale): readonly string[] {
  return plan.alternatives.map(({ spaceFrom, disk, partition, available }) =>
    sentence(
      `plan.alternative.${spaceFrom}`,
      { disk: names.disk(disk), volume: partition === null ? null : names.volume(partition), available },
      locale,
    ),
  )
}
