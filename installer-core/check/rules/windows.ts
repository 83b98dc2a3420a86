import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'
import { volumeName } from '../space/shrink-fitness.ts'

/** How Windows was left: asleep, about to restart, with its clock on local time. */
export function checkWindows({ machine }: CheckContext): readonly Finding[] {
  const { windows } = machine
  const found: Finding[] = []
  for (const partition of machine.disks.flatMap((disk) => disk.partitions)) {
    if (partition.volume.hibernated !== true) continue
    const facts = { volume: volumeName(partition), fileSystem: partition.volume.fileSystem }
    found.push(finding('volume-hibernated', 'warning', { where: partition.id, facts }))
  }
  if (windows?.fastStartup === true) found.push(finding('fast-startup', 'warning'))
  if (windows?.pendingRestart === true) found.push(finding('windows-pending-restart', 'warning'))
  if (windows?.clockIsUtc === false) found.push(finding('windows-clock-local', 'note'))
  return found
}
