import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectOk } from '../../base/result.ts'
import type { RawDisk } from '../disk-image/raw-disk.ts'
import { runCommand } from '../run-command.ts'
import { patternOf } from './byte-source.ts'

const timeoutMs = 120_000
const names = ['large.bin', 'small.txt']

/** Makes an NTFS with two files, sector by sector as mkntfs and ntfscp leave it. */
export async function makeNtfs(size: number, sectorSize: 512 | 4096): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-ntfs-'))
  const image = join(folder, 'volume')
  const file = join(folder, 'file')
  try {
    writeFileSync(image, '')
    truncateSync(image, size)
    await run('mkntfs', [
      '-F',
      '-Q',
      '-q',
      '-s',
      String(sectorSize),
      '-p',
      '2048',
      '-H',
      '255',
      '-S',
      '63',
      image,
    ])
    for (const [i, name] of names.entries()) {
      writeFileSync(file, i === 0 ? patternOf(5_000_000) : 'a small file\n')
      await run('ntfscp', ['-q', image, file, name])
    }
    return new Uint8Array(readFileSync(image))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** SHA-256 of the two files of an NTFS that lies at byte `offset` of a disk, as ntfs-3g reads them; its check must pass. */
export async function ntfsFiles(disk: RawDisk, offset: number, size: number): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-ntfs-'))
  const image = join(folder, 'volume')
  try {
    writeFileSync(image, expectOk(disk.read(offset, size)))
    await run('ntfsresize', ['--check', '-f', image])
    const files: string[] = []
    for (const name of names) {
      const { stdout } = await run('ntfscat', ['-f', image, name])
      files.push(createHash('sha256').update(stdout).digest('hex'))
    }
    return files
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function run(program: string, args: readonly string[]) {
  return expectOk(await runCommand({ program, args, timeoutMs }))
}
