import type { Result } from '../../base/result.ts'
import { ok } from '../../base/result.ts'
import type { PartitionId } from '../../model/primitives.ts'
import type { FileTree } from '../../ports/file-tree.ts'
import { checkFits, parseFatGeometry } from '../disk-image/fat-geometry.ts'
import { openFatTree } from '../disk-image/fat-file-tree.ts'
import { openSectorLog } from '../disk-image/sector-log.ts'
import { FolderTree } from './folder-tree.ts'
import type { FoundLinuxPartition } from './linux-disks.ts'
import type { LinuxPlaces } from './linux-places.ts'
import { readPartitionUses } from './partition-uses.ts'
import { removeUnfinished, unfinishedFiles } from './unfinished-files.ts'
import { showVolume, shownIn } from './volume-mounts.ts'

/** What boot volumes are opened with. */
export interface BootVolumeParts {
  readonly places: LinuxPlaces
  /** The file that remembers what is not finished on each volume. */
  readonly unfinished: string
  readonly onChange: () => void
}

/**
 * A boot volume of this PC. What the system has mounted, and everything that is to be changed, goes through the kernel's
 * file system; what is only looked at is read where the system has it mounted, or else by Berth's own FAT code: looking
 * mounts nothing. Takes over `found` and closes it.
 */
export async function openLinuxVolume(
  parts: BootVolumeParts,
  found: FoundLinuxPartition,
  id: PartitionId,
  access: 'read' | 'write',
): Promise<Result<FileTree>> {
  const geometry = readGeometry(found)
  const mounts = readPartitionUses(parts.places).mountsOf(found.kernel)
  if (geometry.ok && access === 'read' && mounts.length === 0) {
    const { disk, offset } = found
    // Nothing is written, so nothing is logged.
    const log = openSectorLog('/dev/null')
    const tree = await openFatTree({
      disks: [disk],
      diskIndex: 0,
      disk,
      log,
      offset,
      geometry: geometry.value,
    })
    return tree.ok ? ok(closing(tree.value, () => found.close())) : tree
  }
  found.close()
  if (!geometry.ok) return geometry
  const already = access === 'read' ? shownIn(mounts) : null
  const shown = already === null ? await showVolume(parts.places, id, found.kernel) : ok(already)
  if (!shown.ok) return shown
  const { folder, release } = shown.value
  const readOnly = shown.value.readOnly || access === 'read'
  const settled = readOnly ? ok(undefined) : removeUnfinished(parts.unfinished, id, folder)
  if (!settled.ok) {
    await release()
    return settled
  }
  const unfinished = unfinishedFiles(parts.unfinished, id)
  return ok(new FolderTree({ folder, readOnly, unfinished, onChange: parts.onChange, release }))
}

function readGeometry({ disk, offset, partition }: FoundLinuxPartition) {
  const boot = disk.read(offset, disk.sectorSize)
  const parsed = boot.ok ? parseFatGeometry(boot.value, disk.sectorSize) : boot
  return parsed.ok ? checkFits(parsed.value, partition.blocks) : parsed
}

/** The tree, with its disk let go of when it is closed. */
function closing(tree: FileTree, release: () => void): FileTree {
  return {
    list: (folder) => tree.list(folder),
    stat: (path) => tree.stat(path),
    openRead: (path) => tree.openRead(path),
    create: (path, source) => tree.create(path, source),
    rename: (from, to) => tree.rename(from, to),
    erase: (path) => tree.erase(path),
    remove: (path) => tree.remove(path),
    makeFolder: (path) => tree.makeFolder(path),
    free: () => tree.free(),
    sync: () => tree.sync(),
    close: async () => {
      const closed = await tree.close()
      release()
      return closed
    },
  }
}
