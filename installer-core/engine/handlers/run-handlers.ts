import { ok } from '../../base/result.ts'
import type { RunAsked, runMethods } from '../../api/methods/run-methods.ts'
import type { EngineServices } from '../engine-services.ts'
import { planInstall } from '../planning.ts'
import { runWork } from '../run-work.ts'
import type { HandlersOf } from './handlers-of.ts'

/** What is done. */
export function runHandlers(engine: EngineServices): HandlersOf<keyof typeof runMethods> {
  return {
    'run.start': async (asked) => {
      const steps = await stepsToCome(engine, asked)
      const open = await engine.changing(asked.target)
      if (!open.ok) return open
      // It may have been switched on while it was being opened.
      const idle = engine.idle(asked.target)
      if (!idle.ok) {
        await open.value.close()
        return idle
      }
      const shown = engine.seenOrNull(asked.target)
      const run = engine.runs.start(asked, steps, runWork(asked, open.value, engine.releases, shown))
      if (!run.ok) {
        await open.value.close()
        return run
      }
      return ok({ run: run.value })
    },
    'run.stop': ({ run }) => {
      const stopped = engine.runs.stop(run)
      return stopped.ok ? ok({ run: stopped.value }) : stopped
    },
    'run.follow': ({ run, after }) => engine.runs.follow(run, after),
    'runs.list': ({ target }) => ok({ runs: engine.runs.list(target) }),
  }
}

/** The kinds of steps an installation will have, as far as they are known before it begins. */
async function stepsToCome(engine: EngineServices, asked: RunAsked): Promise<readonly string[]> {
  if (asked.goal !== 'install') return []
  const machine = engine.seenOrNull(asked.target)
  const release = await engine.releases.open(asked.release)
  if (machine === null || !release.ok) return []
  const planned = planInstall(machine, asked.choices, release.value)
  return planned.ok ? (planned.value.plan?.steps.map((step) => step.kind) ?? []) : []
}
