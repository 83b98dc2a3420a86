import { CatalogueLibrary } from '../../adapters/catalogue/catalogue-library.ts'
import { ok } from '../../base/result.ts'
import type { planMethods } from '../../api/methods/plan-methods.ts'
import type { EngineServices } from '../engine-services.ts'
import { planInstall, spaceFor, wordedPlan } from '../planning.ts'
import { listReleases } from '../releases.ts'
import { planLater } from '../run-work.ts'
import type { HandlersOf } from './handlers-of.ts'

/** What could be done. */
export function planHandlers(engine: EngineServices): HandlersOf<keyof typeof planMethods> {
  return {
    'releases.list': async (_, { locale }) => {
      const releases = await listReleases(engine.releases, locale)
      if (!releases.ok) return releases
      return ok({ folder: engine.options.releasesFolder, releases: releases.value })
    },
    'catalogue.fetch': async ({ source }) => {
      const library = new CatalogueLibrary({ folder: engine.catalogue })
      const sources = source === undefined ? library.rememberedSources() : [source]
      const fetched = await engine.during(() => library.fetch(sources, true))
      if (!fetched.ok) return fetched
      const { version, expires, releases } = fetched.value.catalogue
      return ok({ version, expires, releases: releases.length })
    },
    'plan.make': async (asked, { locale }) => {
      if (asked.goal !== 'install') {
        const planned = await engine.looking(asked.target, (open) => planLater(open, asked, engine.releases))
        return planned.ok ? ok(wordedPlan(planned.value, null, locale)) : planned
      }
      const release = await engine.releases.open(asked.release)
      if (!release.ok) return release
      const machine = await engine.seen(asked.target)
      if (!machine.ok) return machine
      const choices = asked.choices
      const planned = planInstall(machine.value, choices, release.value)
      if (!planned.ok) return planned
      const space = spaceFor(machine.value, choices, release.value, locale)
      return ok(wordedPlan(planned.value, space, locale))
    },
  }
}
