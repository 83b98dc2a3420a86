import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FolderTree } from '../../installer-core/adapters/linux/folder-tree.ts'
import { unfinishedFiles } from '../../installer-core/adapters/linux/unfinished-files.ts'
import { nodeHasher } from '../../installer-core/adapters/node-hasher.ts'
import { openReleaseFolder } from '../../installer-core/adapters/release-folder/open-release-folder.ts'
import { GiB } from '../../installer-core/base/bytes.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import type { OpenRelease } from '../../installer-core/ports/release-source.ts'
import { fileDigest } from '../../installer-core/steps/boot-files.ts'
import { putFile } from '../../installer-core/steps/put-file.ts'
import { timed } from './berth-program.ts'
import { makeBigRelease } from './roomy-pc.ts'
import { median, ratioRow, type Row } from './row.ts'
import { writeOther } from './write-release.ts'

const runs = 5

/**
 * What "this PC" does with a release, by its own code: through the kernel's file system onto a block device, made durable,
 * read back and hashed; against `dd conv=fsync` and `sha256sum` there. The device is a file (loop); the file system is
 * ext4, which every kernel has. Needs root; without it there are no rows.
 */
export async function benchWriteDevice(folder: string): Promise<Row[]> {
  if (process.getuid?.() !== 0) return []
  const [volume, image, content] = ['volume', 'image', 'release'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  const [file = ''] = await makeBigRelease(content, 1, GiB)
  const release = expectOk(await openReleaseFolder(content))
  mkdirSync(volume)
  timed('truncate', ['--size', String(3 * GiB), image])
  timed('mkfs.ext4', ['-q', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image])
  timed('mount', ['-o', 'loop', image, volume])
  try {
    const passes: { readonly ours: number; readonly other: number }[] = []
    for (let i = 0; i < runs; i += 1) {
      const other = writeOther(file, join(volume, 'copy'))
      passes.push({ ours: await writeOurs(release, volume), other })
    }
    const [ours, other] = [passes.map((pass) => pass.ours), passes.map((pass) => pass.other)]
    return [
      ratioRow({
        name: 'write and verify 1 GiB on a block device',
        samples: passes.map((pass) => pass.ours / pass.other),
        goal: 1.1,
        note: `Berth ${median(ours).toFixed(2)} s, dd conv=fsync + sha256sum ${median(other).toFixed(2)} s`,
      }),
    ]
  } finally {
    timed('umount', [volume])
  }
}

/** As the step `write-files` does it: the bytes are verified while they are read, and once more when they lie there. */
async function writeOurs(release: OpenRelease, volume: string): Promise<number> {
  const [wanted] = release.manifest.files
  if (wanted === undefined) throw new Error('the release has no file')
  const path = '/part0.efi'
  const tree = new FolderTree({
    folder: volume,
    readOnly: false,
    unfinished: unfinishedFiles(`${volume}.unfinished`, 'bench'),
    onChange: () => undefined,
    release: async () => undefined,
  })
  const begun = performance.now()
  expectOk(await putFile(tree, '/new-0.tmp', { path, open: () => release.openFile(wanted) }))
  const found = expectOk(await fileDigest({ hasher: nodeHasher }, tree, path))
  const seconds = (performance.now() - begun) / 1000
  if (found?.sha256 !== wanted.sha256) throw new Error('what lies there is not what was to be written')
  expectOk(await tree.close())
  rmSync(join(volume, path))
  return seconds
}
