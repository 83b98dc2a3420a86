import { join } from 'node:path'
import type { reportMethods } from '../../api/methods/report-methods.ts'
import type { ParsedParamsOf } from '../../api/contract.ts'
import { bytes } from '../../base/bytes.ts'
import { ok, type Result } from '../../base/result.ts'
import type { Choices } from '../../model/choices.ts'
import type { ReportFile } from '../../report/bundle.ts'
import type { OpenPlace } from '../open-place.ts'
import type { EngineServices } from '../engine-services.ts'
import { preview, reportFiles, saveReport } from '../reports.ts'
import { askersFor, secondOpinions } from '../second-opinions.ts'
import type { HandlersOf } from './handlers-of.ts'

/** Characters of all texts of a preview together: they stay within a frame even where each becomes several bytes. */
const previewLimit = 250_000

type Asked = ParsedParamsOf<'report.preview'>

/** What can be handed to somebody who helps. */
export function reportHandlers(engine: EngineServices): HandlersOf<keyof typeof reportMethods> {
  return {
    'report.preview': async (asked) => {
      const files = await collect(engine, asked)
      if (!files.ok) return files
      const shown = preview(files.value, previewLimit)
      return ok({ files: shown.map((file) => ({ ...file, size: bytes(file.size) })) })
    },
    'report.save': async (asked) => {
      const files = await collect(engine, asked)
      if (!files.ok) return files
      const name = asked.target.replace(':', '-')
      const folder = saveReport(join(engine.options.dataFolder, 'reports'), name, files.value)
      if (!folder.ok) return folder
      return ok({ folder: folder.value, files: files.value.map((file) => file.name) })
    },
  }
}

async function collect(engine: EngineServices, asked: Asked): Promise<Result<readonly ReportFile[]>> {
  const choices = (asked.choices ?? { ...usual }) as Choices
  return engine.looking(asked.target, async ({ installer, journal }) => {
    const planned = await planFor(engine, asked, installer)
    if (!planned.ok) return planned
    const others =
      asked.target === 'this-pc'
        ? await secondOpinions(planned.value.machine, askersFor(engine.options.self))
        : null
    return reportFiles(planned.value, choices, journal, engine.options.version, others)
  })
}

const usual = {
  schema: 'berth/choices/1',
  spaceFrom: { kind: 'automatic' },
  bootPartitionType: 'xbootldr',
  defaultSystem: 'present',
}

async function planFor(
  engine: EngineServices,
  { release, choices }: Asked,
  installer: OpenPlace['installer'],
) {
  if (release === undefined) {
    const machine = await installer.machine()
    return machine.ok ? ok({ machine: machine.value, plan: null, issues: [] }) : machine
  }
  const open = await engine.releases.open(release)
  return open.ok ? installer.plan((choices ?? { ...usual }) as Choices, open.value) : open
}
