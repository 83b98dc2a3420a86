import { createHash } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MiB } from '../../base/bytes.ts'
import { ok, type Result } from '../../base/result.ts'
import { runCommand, type Command } from '../../adapters/run-command.ts'
import type { VolumePlace } from '../build/volume-place.ts'
import { hashTree } from './hash-tree.ts'
import { ntfsFiles } from './ntfs-files.ts'
import type { SnapshotItem } from './snapshot-item.ts'

type Items = Promise<Result<readonly SnapshotItem[]>>
const timeoutMs = 300_000

/** Size and content of a volume: every file with size and SHA-256 as foreign tools read it. */
export async function listVolume(place: VolumePlace): Items {
  const head = await readImage(place, 0, 64 * 1024)
  const size = { what: '/size', content: String(place.size) }
  const files = await listFiles(place, head)
  return files.ok ? ok([size, ...files.value]) : files
}

async function listFiles(place: VolumePlace, head: Buffer): Items {
  if (head.toString('latin1', 3, 11) === 'NTFS    ') return withFolder((folder) => ntfsFiles(place, folder))
  const isFat = [54, 82].some((at) => head.toString('latin1', at, at + 3) === 'FAT')
  if (isFat) return withFolder((folder) => dumped(folder, fatCommand(place, folder)))
  const ext4Magic = 0xef53
  const isExt4 = head.readUInt16LE(1024 + 56) === ext4Magic
  return isExt4 ? withFolder((folder) => dumped(folder, ext4Command(place, folder))) : endsOf(place)
}

async function withFolder(work: (folder: string) => Items): Items {
  const folder = await mkdtemp(join(tmpdir(), 'berth-snapshot-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function dumped(folder: string, command: Command): Items {
  const result = await runCommand({ ...command, timeoutMs })
  return result.ok ? ok(await hashTree(folder)) : result
}

function fatCommand({ image, offset }: VolumePlace, folder: string): Command {
  const args = ['-i', `${image}@@${offset}`, '-s', '-Q', '-n', '::/', folder]
  return { program: 'mcopy', args, env: { MTOOLS_SKIP_CHECK: '1' } }
}

/** e2fsprogs takes where a file system begins behind a question mark. */
function ext4Command({ image, offset }: VolumePlace, folder: string): Command {
  return { program: 'debugfs', args: ['-R', `rdump / ${folder}`, `${image}?offset=${offset}`] }
}

/** Of a volume that nobody can read: its first and its last MiB. */
async function endsOf(place: VolumePlace): Items {
  const length = Math.min(2 * MiB, place.size)
  const ends = [await readImage(place, 0, length), await readImage(place, place.size - length, length)]
  const [first, last] = ends.map((end) => createHash('sha256').update(end).digest('hex'))
  return ok([{ what: '/ends', content: `${first} ${last}` }])
}

async function readImage(place: VolumePlace, at: number, length: number): Promise<Buffer> {
  const file = await open(place.image, 'r')
  try {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, place.offset + at)
    return buffer
  } finally {
    await file.close()
  }
}
