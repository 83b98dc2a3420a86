import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'
import { largestFile } from '../space/boot-volume-fitness.ts'

/** What the release says about itself. */
export function checkRelease({ machine, release }: CheckContext): readonly Finding[] {
  const found: Finding[] = []
  const real = machine.source.kind === 'linux' || machine.source.kind === 'windows'
  if (release.practiceOnly && real) {
    found.push(finding('release-practice-only', 'blocker', { facts: { release: release.id } }))
  }
  const limit = largestFile('fat32')
  for (const file of release.files.filter((one) => one.size > limit)) {
    found.push(
      finding('release-file-too-large', 'blocker', {
        required: limit,
        found: file.size,
        where: file.path,
        facts: { file: file.path, volume: 'FAT32' },
      }),
    )
  }
  return found
}
