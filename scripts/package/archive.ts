import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { PackingOptions } from './package-options.ts'
import { identity } from './identity.ts'

/** Writes the .tar.gz of a staged folder into `out`, to be unpacked into / or anywhere else; gives its path. */
export function archive(staged: string, out: string, { architecture, date, quick }: PackingOptions): string {
  const file = join(out, `berth-${identity.version}-linux-${architecture}.tar.gz`)
  const same = [
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    `--mtime=@${date}`,
    '--format=gnu',
  ]
  const packer = `gzip -n -${quick ? 1 : 9}`
  execFileSync('tar', [...same, '-I', packer, '-cf', file, '-C', staged, '.'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return file
}

/** Writes SHA256SUMS beside the files, as `sha256sum --check` reads it; gives its path. */
export function writeSums(files: readonly string[], out: string): string {
  const line = (file: string) =>
    `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${basename(file)}\n`
  const path = join(out, 'SHA256SUMS')
  writeFileSync(path, [...files].sort().map(line).join(''))
  return path
}
