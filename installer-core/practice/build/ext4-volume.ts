import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KiB } from '../../base/bytes.ts'
import { done, type Result } from '../../base/result.ts'
import { runCommand } from '../../adapters/run-command.ts'
import type { VolumePlace } from './volume-place.ts'
import { stageFiles } from './file-content.ts'
import type { Contents } from './pc-design.ts'

type Ext4Contents = Extract<Contents, { kind: 'ext4' }>

const timeoutMs = 300_000

/** Makes an ext4 volume with its files, in place, with e2fsprogs. */
export async function makeExt4Volume(place: VolumePlace, contents: Ext4Contents): Promise<Result<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-ext4-'))
  try {
    await stageFiles(folder, contents.files)
    const { label, uuid } = contents
    const options = `offset=${place.offset},hash_seed=${uuid},root_owner=0:0,lazy_itable_init=1`
    const args = [
      '-q',
      '-F',
      '-t',
      'ext4',
      '-b',
      '4096',
      '-L',
      label,
      '-U',
      uuid,
      '-E',
      options,
      '-d',
      folder,
    ]
    args.push(place.image, `${place.size / KiB}k`)
    const result = await runCommand({ program: 'mke2fs', args, timeoutMs })
    return result.ok ? done : result
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
