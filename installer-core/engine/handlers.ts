import type { Handlers } from '../api/server.ts'
import { ok } from '../base/result.ts'
import type { EngineServices } from './engine-services.ts'
import { planHandlers } from './handlers/plan-handlers.ts'
import { practiceHandlers } from './handlers/practice-handlers.ts'
import { reportHandlers } from './handlers/report-handlers.ts'
import { runHandlers } from './handlers/run-handlers.ts'
import { targetHandlers } from './handlers/target-handlers.ts'
import { searchHelp } from './help-pages.ts'

const platforms: Readonly<Record<string, 'windows' | 'linux'>> = { win32: 'windows', linux: 'linux' }

/** What the engine does for each method of the contract. */
export function engineHandlers(engine: EngineServices): Handlers {
  return {
    'session.hello': ({ contract }) =>
      ok({
        contract,
        version: engine.options.version,
        platform: platforms[process.platform] ?? 'other',
        engine: engine.id,
      }),
    'settings.get': () => ok(engine.settings.read()),
    'settings.set': (changes) => {
      const settings = engine.settings.write(withoutUndefined(changes))
      engine.server.broadcast('settings.changed', settings)
      return ok(settings)
    },
    'help.search': ({ text }, { locale }) => ok({ pages: searchHelp(text, locale) }),
    ...targetHandlers(engine),
    ...planHandlers(engine),
    ...runHandlers(engine),
    ...practiceHandlers(engine),
    ...reportHandlers(engine),
  }
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
