import type { Command } from 'commander'
import { ok, type Result } from '../../base/result.ts'
import type { InstallerFace } from '../../installer.ts'
import { releaseAtHand } from '../../plan/make-repair-plan.ts'
import type { OpenRelease } from '../../ports/release-source.ts'
import { act } from '../action.ts'
import { confirmPlan } from '../confirm-plan.ts'
import { openRelease } from '../release-option.ts'
import { runWithReport } from '../run-with-report.ts'
import { addTargetOptions, withPc, type TargetOptions } from '../session.ts'

interface Options extends TargetOptions {
  readonly release?: string
  readonly yes?: string | true
  readonly json?: boolean
}

export function addRepair(program: Command): void {
  addTargetOptions(program.command('repair'))
    .description(
      'bring an installation back to what it was made as: its entry, its place in the order, its files',
    )
    .option(
      '--release <folder or id>',
      'the release that was installed; needed when files are missing and it is not in the cache',
    )
    .option('--yes [fingerprint]', 'do not ask; with a fingerprint, only that very plan')
    .option('--json', 'print events and the report as JSON, one object a line')
    .action((options: Options) =>
      act(options, async (console) =>
        ok(
          await runWithReport(console, 'repair', (run) =>
            withPc(options, 'write', async ({ installer }) => {
              const release = await findRelease(installer, options.release)
              if (!release.ok) return release
              const planned = await installer.planRepair(releaseAtHand(release.value))
              if (!planned.ok) return planned
              const fingerprint = await confirmPlan(console, planned.value, options.yes, run)
              return fingerprint.ok ? installer.repair(release.value, fingerprint.value, run) : fingerprint
            }),
          ),
        ),
      ),
    )
}

/** The release that was named, else the installed one from the cache; null when it is not there. */
async function findRelease(
  installer: InstallerFace,
  named: string | undefined,
): Promise<Result<OpenRelease | null>> {
  if (named !== undefined) return openRelease(named)
  const status = await installer.status()
  if (!status.ok) return status
  if (status.value.release === null) return ok(null)
  const cached = await openRelease(status.value.release)
  return ok(cached.ok ? cached.value : null)
}
