import { existsSync } from 'node:fs'
import type { ParsedParamsOf } from '../../api/contract.ts'
import type { practiceMethods } from '../../api/methods/practice-methods.ts'
import type { TargetId } from '../../api/wire-values.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { PcDesign } from '../../practice/build/pc-design.ts'
import { newPracticePc, practicePcFromMachine } from '../../practice/new-pc.ts'
import { pcTemplates, templateNames, type TemplateName } from '../../practice/templates/pc-templates.ts'
import { identitiesOf } from '../../practice/templates/seeded-guid.ts'
import type { EngineServices } from '../engine-services.ts'
import { nextStart } from '../next-start.ts'
import { practiceTarget } from '../target-place.ts'
import type { HandlersOf } from './handlers-of.ts'

// Debian's systemd-boot-efi; the Linux templates make do with a stand-in where it is not installed.
const systemdBoot = '/usr/lib/systemd/boot/efi/systemd-bootx64.efi'

/** PCs to practise on. */
export function practiceHandlers(engine: EngineServices): HandlersOf<keyof typeof practiceMethods> {
  const { targets, goings } = engine
  return {
    'practice.templates': () => ok({ templates: templateNames.map(describeTemplate) }),
    'practice.new': async (asked, { locale }) => {
      const made = await engine.during(() => makePc(engine, asked))
      const id = practiceTarget(asked.name)
      engine.targetChanged(id)
      if (!made.ok) return made
      const target = targets.describe(id, locale, goings)
      return target === null ? fail('not-found', { what: asked.name }) : ok({ target })
    },
    'practice.boot': async ({ target, until }) => {
      const folder = practiceFolder(engine, target)
      if (!folder.ok) return folder
      const state = await engine.practice.boot(target, folder.value, until)
      return state.ok ? ok({ state: state.value }) : state
    },
    'practice.power': async ({ target, action }) => empty(await engine.practice.power(target, action)),
    'practice.input': async ({ target, input }) => empty(await engine.practice.input(target, input)),
    'practice.watch': ({ target, watch }, peer) => {
      const screen = engine.practice.watch(target, peer, watch)
      if (screen !== null) peer.notify('practice.screen', screen)
      return ok({})
    },
    'practice.follow': ({ target, after }) => ok(engine.practice.follow(target, after)),
    'practice.next': ({ target }, { locale }) => {
      const place = targets.find(target)
      if (!place.ok) return place
      if (place.value.kind !== 'practice-pc') return fail('unsupported', { what: 'practice.next' })
      return nextStart(place.value.folder, locale)
    },
  }
}

async function makePc(
  engine: EngineServices,
  { name, from }: ParsedParamsOf<'practice.new'>,
): Promise<Result<void>> {
  const unstarted = engine.options.unstarted === true
  const place = engine.targets.reserve(name)
  if (!place.ok) return place
  engine.targetChanged(practiceTarget(name))
  let whole = false
  try {
    const made = await makeIn(engine, place.value.folder, from, unstarted)
    whole = made.ok
    return made
  } finally {
    place.value.settle(whole)
  }
}

async function makeIn(
  engine: EngineServices,
  folder: string,
  from: ParsedParamsOf<'practice.new'>['from'],
  unstarted: boolean,
): Promise<Result<void>> {
  if (from.kind === 'template') {
    const like = templateNames.find((known) => known === from.template)
    if (like === undefined) return fail('usage', { what: from.template, required: templateNames.join(', ') })
    const boot = existsSync(systemdBoot) ? { systemdBoot } : {}
    return newPracticePc(folder, { like, unstarted, ...boot })
  }
  const machine = await engine.seen(from.target)
  return machine.ok ? practicePcFromMachine(folder, machine.value, { unstarted }) : machine
}

function practiceFolder(engine: EngineServices, target: TargetId): Result<string> {
  const place = engine.idle(target)
  if (!place.ok) return place
  if (place.value.kind !== 'practice-pc') return fail('unsupported', { what: 'practice.boot' })
  return ok(place.value.folder)
}

function describeTemplate(name: TemplateName) {
  const design: PcDesign = pcTemplates[name]({ identities: identitiesOf(name), systemdBoot: null })
  const description = design.description['name']
  return { name, description: typeof description === 'string' ? description : name }
}

function empty(result: Result<void>): Result<Record<string, never>> {
  return result.ok ? ok({}) : result
}
