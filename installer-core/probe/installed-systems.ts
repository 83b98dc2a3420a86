import type { BerthState, BootEntry, BootVolume, InstalledSystem, RawFacts } from '../model/machine.ts'
import type { PartitionId } from '../model/primitives.ts'
import { bootFileKey } from './boot-entries.ts'
import { safeText } from './safe-text.ts'

/** What installed systems are told from. */
export interface SystemTraces {
  readonly running: RawFacts['running']
  readonly bootVolumes: readonly BootVolume[]
  readonly bootEntries: readonly BootEntry[]
  readonly bootCurrent: number | null
  readonly berth: BerthState
}

type Found = Omit<InstalledSystem, 'entries' | 'running'> & { readonly owns: (path: string) => boolean }

const windowsLoader = '/efi/microsoft/boot/bootmgfw.efi'
/** Folders below /EFI that hold no system of their own. */
const notVendors = ['boot', 'microsoft', 'linux', 'systemd', 'tools', 'memtest86']
/** What a distribution's folder holds, the one that firmware starts first. */
const linuxLoaders = [
  /^shim[a-z0-9]*\.efi$/,
  /^grub[a-z0-9]*\.efi$/,
  /^(systemd-boot|vmlinuz|elilo|limine|refind)[a-z0-9_-]*\.efi$/,
]

/**
 * The systems that a boot volume or a firmware entry gives away: Windows by its loader, Linux by a distribution's folder,
 * systemd-boot or an entry for a UKI, Berth's own by its manifest, and whatever else an active entry starts.
 */
export function findInstalledSystems(traces: SystemTraces): readonly InstalledSystem[] {
  const known = traces.bootVolumes.flatMap((volume) => systemsOn(volume, traces))
  const systems = known.map(({ owns, ...system }) => ({
    ...system,
    entries: traces.bootEntries
      .filter(
        ({ partition, path }) => partition === system.bootVolume && path !== null && owns(bootFileKey(path)),
      )
      .map(({ number }) => number),
  }))
  const covered = new Set(systems.flatMap(({ entries }) => entries))
  const others = traces.bootEntries
    .filter((entry) => !covered.has(entry.number) && startsSystem(entry, known))
    .map(otherSystem)
  return markRunning([...systems, ...others], traces)
}

function systemsOn(volume: BootVolume, { berth }: SystemTraces): readonly Found[] {
  const paths = volume.files.map(({ path }) => path)
  return [
    ...paths
      .filter((path) => bootFileKey(path) === windowsLoader)
      .map((path) => windows(volume.partition, path)),
    ...distributions(volume.partition, paths),
    ...systemdBoot(volume.partition, paths),
    ...(berth.state !== 'absent' && berth.partition === volume.partition ? [berthSystem(berth, paths)] : []),
  ]
}

function windows(bootVolume: PartitionId, path: string): Found {
  return {
    kind: 'windows',
    name: safeText('Windows'),
    bootVolume,
    loader: safeText(path, 1024),
    owns: (found) => found === windowsLoader,
  }
}

/** One system for each folder `/EFI/<name>` that holds a Linux loader. */
function distributions(bootVolume: PartitionId, paths: readonly string[]): readonly Found[] {
  const folders = new Map<string, { readonly name: string; readonly files: string[] }>()
  for (const path of paths) {
    const [, efi = '', name = '', file, more] = path.split('/')
    const key = name.toLowerCase()
    if (efi.toLowerCase() !== 'efi' || file === undefined || more !== undefined || notVendors.includes(key))
      continue
    const folder = folders.get(key) ?? { name, files: [] }
    folder.files.push(path)
    folders.set(key, folder)
  }
  return [...folders].flatMap(([key, { name, files }]) => {
    const loader = linuxLoaders
      .map((pattern) => files.find((path) => pattern.test(bootFileKey(path).slice(`/efi/${key}/`.length))))
      .find((path) => path !== undefined)
    const owns = (found: string) => found.startsWith(`/efi/${key}/`)
    return loader === undefined
      ? []
      : [{ kind: 'linux', name: safeText(name), bootVolume, loader: safeText(loader, 1024), owns }]
  })
}

function systemdBoot(bootVolume: PartitionId, paths: readonly string[]): readonly Found[] {
  const loader = paths.find((path) => /^\/efi\/systemd\/systemd-boot[a-z0-9]*\.efi$/.test(bootFileKey(path)))
  if (loader === undefined) return []
  const owns = (found: string) => found.startsWith('/efi/systemd/')
  return [
    {
      kind: 'linux',
      name: safeText('Linux (systemd-boot)'),
      bootVolume,
      loader: safeText(loader, 1024),
      owns,
    },
  ]
}

function berthSystem(berth: Exclude<BerthState, { state: 'absent' }>, paths: readonly string[]): Found {
  const own = bootFileKey(`/EFI/Linux/${berth.release}.efi`)
  const loader = paths.find((path) => bootFileKey(path) === own)
  return {
    kind: 'berth',
    name: safeText(berth.release),
    bootVolume: berth.partition,
    loader: loader === undefined ? null : safeText(loader, 1024),
    owns: (path) => path === own,
  }
}

/** An entry the firmware may start by itself, for a file that is there; its own fallback for a volume counts only alone. */
function startsSystem(entry: BootEntry, known: readonly Found[]): boolean {
  if (!entry.active || entry.category !== 0 || entry.target !== 'present' || entry.path === null) return false
  const isFallback = /^\/efi\/boot\/boot[a-z0-9]+\.efi$/.test(bootFileKey(entry.path))
  return !isFallback || !known.some(({ bootVolume }) => bootVolume === entry.partition)
}

function otherSystem(entry: BootEntry): Omit<InstalledSystem, 'running'> {
  const isUki = bootFileKey(entry.path ?? '').startsWith('/efi/linux/')
  return {
    kind: isUki ? 'linux' : 'other',
    name: entry.description,
    bootVolume: entry.partition,
    loader: entry.path,
    entries: [entry.number],
  }
}

/** At most one system runs: the one whose entry was started; else the only one of the running kind, or on its volume. */
function markRunning(
  systems: readonly Omit<InstalledSystem, 'running'>[],
  { running, bootCurrent }: SystemTraces,
): readonly InstalledSystem[] {
  const { os, bootedFrom } = running
  const fits = systems.filter(({ kind }) => kind === os || (os === 'linux' && kind === 'berth'))
  const onVolume = fits.filter(({ bootVolume }) => bootVolume === bootedFrom)
  const current =
    fits.find(({ entries }) => bootCurrent !== null && entries.includes(bootCurrent)) ??
    (onVolume.length === 1 ? onVolume[0] : fits.length === 1 ? fits[0] : undefined)
  const marked = systems.map((system) => ({ ...system, running: system === current }))
  if (current !== undefined || (os !== 'windows' && os !== 'linux')) return marked
  const name = safeText(os === 'windows' ? 'Windows' : 'Linux')
  return fits.length > 0
    ? marked
    : [...marked, { kind: os, name, bootVolume: bootedFrom, loader: null, entries: [], running: true }]
}
