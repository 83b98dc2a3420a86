import type { Machine } from '../../model/machine.ts'
import type { OwnershipManifest } from '../../model/manifest.ts'
import { finding, type Finding } from '../finding.ts'
import { checkWayToWindows } from '../rules/windows-entries.ts'

/** The file that firmware starts from a partition when no entry works (UEFI 2.10, 3.5.1.1). */
const fallback = /^\/efi\/boot\/boot(?:x64|aa64|ia32)\.efi$/i

type Fallbacks = NonNullable<OwnershipManifest['before']['fallbacks']>

/** The fallback loaders on a PC's boot volumes, as far as their hashes are known. */
export function fallbackLoaders({ bootVolumes }: Machine): Fallbacks {
  return bootVolumes.flatMap(({ partition, files }) =>
    files.flatMap(({ path, sha256 }) =>
      fallback.test(path) && sha256 !== null ? [{ partition, path, sha256 }] : [],
    ),
  )
}

/** What changed around Berth's installation. None of it is Berth's, and Berth changes none of it. */
export function checkSurroundings(machine: Machine, { before }: OwnershipManifest): readonly Finding[] {
  return [
    ...checkWayToWindows(machine),
    ...changedFallbacks(machine, before.fallbacks ?? []),
    ...changedDefault(machine, before.bootOrder),
  ]
}

function changedFallbacks(machine: Machine, before: Fallbacks): readonly Finding[] {
  const now = fallbackLoaders(machine)
  return before.flatMap((one) => {
    const same = now.find(({ partition, path }) => partition === one.partition && path === one.path)
    if (same?.sha256 === one.sha256) return []
    const found = same === undefined ? 'missing' : same.sha256.slice(0, 12)
    const facts = { path: one.path }
    return [
      finding('fallback-loader-changed', 'note', {
        required: one.sha256.slice(0, 12),
        found,
        where: one.partition,
        facts,
      }),
    ]
  })
}

/** Who started by default before, still has an entry, and does not stand before the others any more. */
function changedDefault({ firmware }: Machine, before: readonly number[] | null): readonly Finding[] {
  const former = before?.[0]
  const first = firmware.bootOrder?.[0]
  if (former === undefined || first === undefined || first === former) return []
  const known = firmware.bootEntries.some((entry) => entry.number === former)
  if (!known) return []
  return [finding('default-start-changed', 'note', { where: 'BootOrder', facts: { former, first } })]
}
