import { readYou } from '../../adapters/this-pc/read-you.ts'
import { readPower } from '../../adapters/this-pc/parts.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import type { TargetId } from '../../api/wire-values.ts'
import { toWireFailure } from '../../api/answer.ts'
import type { FoundRoom, targetMethods } from '../../api/methods/target-methods.ts'
import type { FoundStage } from '../../model/stage.ts'
import type { Locale } from '../../text/locale.ts'
import { askThisPc } from '../ask-this-pc.ts'
import type { EngineServices } from '../engine-services.ts'
import { worded } from '../planning.ts'
import type { HandlersOf } from './handlers-of.ts'

/** What there is to look at. */
export function targetHandlers(engine: EngineServices): HandlersOf<keyof typeof targetMethods> {
  const { targets, goings } = engine
  return {
    'targets.list': (_, { locale }) => ok({ targets: targets.list(locale, goings) }),
    'target.probe': async ({ target }) => {
      if (target === 'this-pc' && !engine.helper.isTaken) {
        const thisPc = await askThisPc(engine.options.self)
        return thisPc.ok ? ok({ kind: 'advisory', thisPc: thisPc.value }) : thisPc
      }
      const machine = await engine.probe(target)
      return machine.ok ? ok({ kind: 'machine', machine: machine.value }) : machine
    },
    'target.elevate': (_, { locale }) => elevate(engine, locale),
    'target.open-recording': ({ name, text }, { locale }) => {
      const kept = targets.keepRecording(name, text)
      if (!kept.ok) return kept
      const target = targets.describe(kept.value, locale, goings)
      if (target === null) return fail('not-found', { what: name })
      engine.targetChanged(kept.value)
      return ok({ target })
    },
    'target.remove': ({ target }) => {
      const idle = engine.idle(target)
      // What is broken can be removed all the same.
      const removed = idle.ok || idle.failure.code !== 'busy' ? targets.remove(target) : idle
      if (!removed.ok) return removed
      engine.targetChanged(target)
      return ok({})
    },
    'target.restart': async ({ target }) => {
      const place = engine.idle(target)
      if (!place.ok) return place
      const restarted =
        place.value.kind === 'practice-pc'
          ? await engine.practice.boot(target, place.value.folder, undefined)
          : await restart(engine, target)
      return restarted.ok ? ok({}) : restarted
    },
    'status.get': async ({ target }, { locale }) => {
      const status = await engine.looking(target, ({ installer }) => installer.status())
      if (!status.ok) return status
      const findings = status.value.findings.map((one) => worded(one, locale))
      return ok({ status: { ...status.value, findings } })
    },
    'room.get': ({ target }, { locale }) => findRoom(engine, target, locale),
    'networks.get': ({ target }) => findNetworks(engine, target),
    'host.you': async () => ok({ you: await readYou() }),
    'host.power': async () => ok(await readPower().catch(() => unknownPower)),
  }
}

async function findNetworks(engine: EngineServices, target: TargetId) {
  const known = await engine.looking(target, ({ installer }) => installer.networks())
  return known.ok ? ok({ known: known.value }) : known
}

async function findRoom(engine: EngineServices, target: TargetId, locale: Locale) {
  const place = engine.targets.find(target)
  if (!place.ok) return place
  // A recording holds no files.
  if (place.value.kind === 'recording') return ok({ room: null })
  const stage = await engine.looking(target, ({ installer }) => installer.stage())
  return stage.ok ? ok({ room: stage.value === null ? null : wireRoom(stage.value, locale) }) : stage
}

function wireRoom({ job, mark }: FoundStage, locale: Locale): FoundRoom {
  const { disk, partition, from, to, entry } = job
  const { phase, failure: code } = mark
  const failure = code === undefined ? null : toWireFailure({ code, facts: {} }, locale)
  return { disk, partition, from, to, entry, phase, failure }
}

const unknownPower = { source: 'unknown', percent: null } as const

async function restart(engine: EngineServices, target: TargetId): Promise<Result<void>> {
  const open = await engine.changing(target)
  if (!open.ok) return open
  try {
    return await open.value.restart()
  } finally {
    await open.value.close()
  }
}

/** Asks for full rights on this PC; how it is with them. */
async function elevate(engine: EngineServices, locale: Locale) {
  const { helper, targets, goings } = engine
  const elevated = await engine.during(() => helper.elevate())
  if (!elevated.ok) return elevated
  const target = targets.describe('this-pc', locale, goings)
  return target === null ? fail('not-found', { what: 'this-pc' }) : ok({ target })
}
