import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import pinned from './runtimes.json' with { type: 'json' }

export type RuntimeName = keyof typeof pinned

const cache = join(process.env['BERTH_CACHE'] ?? join(homedir(), '.cache/berth'), 'runtimes')

/** The Node program of a pinned npm package, fetched once, checked against its pinned SHA-512, kept in the cache. */
export function runtimeProgram(name: RuntimeName): string {
  const { package: packageName, version, sha512, program } = pinned[name]
  const folder = join(cache, `${packageName}-${version}`)
  const path = join(folder, 'package', program)
  if (existsSync(path)) return path
  const work = `${folder}.${process.pid}`
  mkdirSync(work, { recursive: true })
  const archive = join(work, `${packageName}-${version}.tgz`)
  execFileSync('npm', ['pack', '--silent', `${packageName}@${version}`], {
    cwd: work,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const found = createHash('sha512').update(readFileSync(archive)).digest('base64')
  if (found !== sha512) throw new Error(`${packageName} ${version}: SHA-512 should be ${sha512}, is ${found}`)
  execFileSync('tar', ['-xzf', archive, '-C', work])
  rmSync(archive)
  if (existsSync(folder)) rmSync(work, { recursive: true })
  else renameSync(work, folder)
  return path
}
