import type { BootVolume } from '../../model/machine.ts'
import { manifestPath } from '../../model/manifest.ts'
import type { StepOf } from '../../model/plan.ts'
import { bootFileKey } from '../../probe/boot-entries.ts'
import { readManifest } from '../../probe/read-manifest.ts'
import { finding, type Finding } from '../finding.ts'

type Written = StepOf<'write-files'>

/** Berth's own files that are not as they were written. */
export interface FileDamage {
  readonly files: Written['files']
  readonly markers: Written['markers']
  /** The ownership manifest is missing, or nobody can read it. */
  readonly manifest: boolean
  /** Paths under which something else lies now. */
  readonly replaced: ReadonlyMap<string, number>
  readonly findings: readonly Finding[]
}

/**
 * Holds what lies on the boot volume against what was written: names, sizes, and the hashes of files that start a system.
 * A listing that is not complete convicts nobody of being missing.
 */
export function fileDamage(volume: BootVolume, { files, markers }: Written): FileDamage {
  const there = new Map(volume.files.map((file) => [bootFileKey(file.path), file]))
  const findings: Finding[] = []
  const replaced = new Map<string, number>()
  const isDamaged = (path: string, size: number, sha256: string | null): boolean => {
    const found = there.get(bootFileKey(path))
    if (found === undefined) {
      if (!volume.incomplete) findings.push(finding('berth-file-missing', 'warning', { where: path }))
      return !volume.incomplete
    }
    const same = found.size === size && (found.sha256 === null || sha256 === null || found.sha256 === sha256)
    if (same) return false
    replaced.set(path, found.size)
    findings.push(
      finding('berth-file-changed', 'warning', { required: size, found: found.size, where: path }),
    )
    return true
  }
  const damaged = {
    files: files.filter(({ path, size, sha256 }) => isDamaged(path, size, sha256)),
    markers: markers.filter(({ path, data }) => isDamaged(path, data.length / 2, null)),
  }
  const manifest = readManifest({ bootVolumes: [volume] }) === null
  if (manifest) findings.push(finding('berth-record-missing', 'warning', { where: manifestPath }))
  return { ...damaged, manifest, replaced, findings }
}
