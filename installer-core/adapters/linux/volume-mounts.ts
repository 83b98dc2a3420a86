import { mkdirSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { done, fail, ok, type Result } from '../../base/result.ts'
import type { PartitionId } from '../../model/primitives.ts'
import type { Release } from '../../ports/platform.ts'
import { ioFailure } from '../disk-image/io-failure.ts'
import { runCommand } from '../run-command.ts'
import type { PartitionNode } from './disk-nodes.ts'
import type { LinuxPlaces } from './linux-places.ts'
import { isReadOnly, parseMountTable, type Mount } from './mount-table.ts'
import { readPartitionUses } from './partition-uses.ts'
import { readText } from './sys-file.ts'

/** A folder that shows a boot volume, and nothing that is mounted below it. */
export interface MountedVolume {
  readonly folder: string
  readonly readOnly: boolean
  readonly release: Release
}

const timeoutMs = 60_000
const careful = 'nosuid,nodev,noexec'

/**
 * Shows a boot volume in a folder that root alone can enter. What the system has mounted is shown once more from there
 * (the same file system, so that neither sees old contents); what it has not is mounted, for as long as it is used. A
 * mount that an earlier process left behind goes first. `tool-failed` when the kernel cannot mount it.
 */
export async function showVolume(
  places: LinuxPlaces,
  id: PartitionId,
  partition: PartitionNode,
): Promise<Result<MountedVolume>> {
  const parent = join(places.run, 'berth')
  const folder = join(parent, id)
  const settled = await letGo(places, folder)
  if (!settled.ok) return settled
  const present = readPartitionUses(places).mountsOf(partition)[0]
  const made = makeFolders([parent, folder])
  if (!made.ok) return made
  const args =
    present === undefined
      ? ['-t', 'vfat', '-o', `${careful},umask=0077`, partition.path, folder]
      : present.root === '/'
        ? ['--bind', '-o', careful, present.point, folder]
        : null
  if (args === null) return fail('busy', { what: present?.point ?? id })
  const mounted = await runCommand({ program: 'mount', args, timeoutMs })
  if (!mounted.ok) return mounted
  return ok({
    folder,
    readOnly: present !== undefined && isReadOnly(present),
    release: async () => {
      await letGo(places, folder)
    },
  })
}

/**
 * Where one of a volume's mounts shows all of it, so that looking needs no mount of its own; null where none does, or
 * where something else was mounted over it.
 */
export function shownIn(mounts: readonly Mount[]): MountedVolume | null {
  const mount = mounts.find((candidate) => candidate.root === '/' && shows(candidate))
  return mount === undefined ? null : { folder: mount.point, readOnly: true, release: async () => undefined }
}

function shows({ point, device }: Mount): boolean {
  try {
    return deviceNumber(statSync(point).dev) === device
  } catch {
    return false
  }
}

/** `major:minor` as the mount table writes it (gnu_dev_major(3)). */
function deviceNumber(dev: number): string {
  const value = BigInt(dev)
  const major = ((value >> 8n) & 0xfffn) | ((value >> 32n) & ~0xfffn)
  const minor = (value & 0xffn) | ((value >> 12n) & ~0xffn)
  return `${major}:${BigInt.asUintN(32, minor)}`
}

/** Unmounts everything at the folder and removes it; nothing when it is not there. */
async function letGo(places: LinuxPlaces, folder: string): Promise<Result<void>> {
  const mounts = parseMountTable(readText(join(places.proc, 'self/mountinfo')) ?? '')
  for (const mount of mounts.filter(({ point }) => point === folder)) {
    const gone = await runCommand({ program: 'umount', args: [mount.point], timeoutMs })
    if (!gone.ok) return gone
  }
  try {
    rmdirSync(folder)
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!absent) return ioFailure(error, 'let go of the volume', folder)
  }
  return done
}

function makeFolders(folders: readonly string[]): Result<void> {
  try {
    for (const folder of folders) mkdirSync(folder, { recursive: true, mode: 0o700 })
    return done
  } catch (error) {
    return ioFailure(error, 'make folder', folders.at(-1) ?? '')
  }
}
