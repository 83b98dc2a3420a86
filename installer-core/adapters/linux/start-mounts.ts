import { basename, join } from 'node:path'
import type { Partition } from '../../model/disk.ts'
import type { PartitionNode } from './disk-nodes.ts'
import type { LinuxPlaces } from './linux-places.ts'
import { plain } from './mount-table.ts'
import { readText, realPath } from './sys-file.ts'

/** Options by which a start goes on without the volume, waits with it, or does not write to it. */
const harmless = ['nofail', 'noauto', 'ro', 'x-systemd.automount']

/**
 * What the running system has to be able to mount, and to write to, in order to start: the first fields of `/etc/fstab`
 * (fstab(5)) whose options do not say that it can do without. systemd stops a start that lacks one of them.
 */
export function neededAtStart({ etc }: LinuxPlaces): readonly string[] {
  const lines = (readText(join(etc, 'fstab')) ?? '').split('\n').map((line) => line.trim())
  return lines.flatMap((line) => {
    const [source, , type, options] = line.split(/\s+/)
    if (line.startsWith('#') || source === undefined || type === undefined || type === 'swap') return []
    const isNeeded = !(options ?? '').split(',').some((option) => harmless.includes(option))
    return isNeeded ? [plain(source)] : []
  })
}

/** Whether one of these first fields names the partition: by a device file, a link to one, or an identity. */
export function names(
  sources: readonly string[],
  { dev }: Pick<LinuxPlaces, 'dev'>,
  { id, name, volume }: Partition,
  kernel: PartitionNode,
): boolean {
  const identities: Readonly<Record<string, string>> = {
    UUID: volume.uuid,
    LABEL: volume.label,
    PARTUUID: id,
    PARTLABEL: name,
  }
  return sources.some((source) => {
    const [, tag = '', quoted = ''] = /^([A-Z]+)=(.*)$/.exec(source) ?? []
    const value = quoted.replaceAll(/^"|"$/g, '')
    if (tag === '') return source.startsWith(`${dev}/`) && basename(realPath(source)) === kernel.name
    const isId = tag === 'UUID' || tag === 'PARTUUID'
    const own = identities[tag] ?? ''
    return value !== '' && (isId ? value.toLowerCase() === own.toLowerCase() : value === own)
  })
}
