import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What scenarios do from outside, with other programs than Berth. */
export const runTool = {
  /** Copies a folder of sparse images; they stay sparse. */
  async copyFolder(from: string, to: string): Promise<void> {
    run('cp', ['-r', '--sparse=always', '--reflink=auto', from, to])
  },

  /** Changes a file on the FAT volume that begins at `offset` of an image. */
  async replaceFile(
    image: string,
    offset: number,
    path: string,
    change: (content: Uint8Array) => Uint8Array,
  ): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'berth-replace-'))
    try {
      const file = join(folder, 'file')
      run('mcopy', ['-i', `${image}@@${offset}`, '-n', `::${path}`, file])
      writeFileSync(file, change(new Uint8Array(readFileSync(file))))
      run('mcopy', ['-i', `${image}@@${offset}`, '-o', file, `::${path}`])
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

/** Runs a program of the host, those for administrators too, and gives what it printed; throws with its words when it fails. */
export function run(
  program: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): string {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const env = { ...process.env, PATH: path, MTOOLS_SKIP_CHECK: '1', ...more }
  const ended = spawnSync(program, args, { maxBuffer: 64 * 1024 * 1024, encoding: 'utf8', env })
  if (ended.error !== undefined) throw ended.error
  if (ended.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${ended.stdout}${ended.stderr}`)
  return ended.stdout
}
