import { readManifest } from '../../probe/read-manifest.ts'
import { canStart, problemsOf } from '../berth-usable.ts'
import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'
import { compareVersions, versionOf } from '../version.ts'

/** What Berth has on this PC already: nothing to do, or something to finish first. */
export function checkBerthState(context: CheckContext): readonly Finding[] {
  const { berth } = context.machine
  const { release } = context
  if (berth.state === 'absent') return []
  const evidence = { required: release.id, found: berth.release, where: berth.partition }
  if (berth.release !== release.id) {
    const order = compareVersions(release.version, versionOf(berth.release) ?? release.version)
    return [finding(order < 0 ? 'release-older' : 'berth-other-release', 'blocker', evidence)]
  }
  if (!canStart(berth)) {
    return [finding('berth-damaged', 'blocker', { ...evidence, facts: { problems: problemsOf(berth) } })]
  }
  const written = installedSha256(context)
  if (written !== null && written !== context.releaseSha256) {
    return [
      finding('release-changed', 'blocker', {
        required: written,
        found: context.releaseSha256,
        where: berth.partition,
      }),
    ]
  }
  return [
    finding('berth-installed', 'note', evidence),
    ...(berth.state !== 'installed' ? [finding('berth-trial-open', 'note', { where: berth.partition })] : []),
  ]
}

/** True when this very release is there and whole, so that nothing needs to be done. */
export function isPresent(context: CheckContext): boolean {
  return checkBerthState(context).some((one) => one.id === 'berth-installed')
}

function installedSha256({ machine }: CheckContext): string | null {
  return readManifest(machine)?.plan.releaseSha256 ?? null
}
