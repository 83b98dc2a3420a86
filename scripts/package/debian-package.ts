import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { lutimesSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { debianNeeds, identity } from './identity.ts'
import type { Architecture, PackingOptions } from './package-options.ts'

const names = { x64: 'amd64', arm64: 'arm64' } as const

/** Writes the .deb of a staged folder into `out`; gives its path. `quick`: packs for speed and not for size. */
export function debianPackage(
  staged: string,
  out: string,
  { architecture, date, quick }: PackingOptions,
): string {
  const control = join(staged, 'DEBIAN')
  mkdirSync(control)
  try {
    writeFileSync(join(control, 'md5sums'), checksums(staged))
    writeFileSync(join(control, 'control'), controlFile(staged, architecture))
    execFileSync('chmod', ['-R', 'u=rwX,go=rX', control])
    for (const path of [join(control, 'md5sums'), join(control, 'control'), control])
      lutimesSync(path, date, date)
    lutimesSync(staged, date, date)
    const file = join(out, `berth_${identity.version}_${names[architecture]}.deb`)
    const packing = quick ? ['-Zzstd', '-z1'] : ['-Zxz', '-z6']
    execFileSync('dpkg-deb', ['--root-owner-group', ...packing, '--build', staged, file], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(date) },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    return file
  } finally {
    rmSync(control, { recursive: true })
    lutimesSync(staged, date, date)
  }
}

function filesOf(staged: string): readonly string[] {
  return readdirSync(staged, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(staged, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('DEBIAN/'))
    .sort()
}

/** Debian's own list of checksums is MD5 (deb-md5sums(5)): it tells damage on the disk, it protects from nobody. */
function checksums(staged: string): string {
  const line = (path: string) =>
    `${createHash('md5')
      .update(readFileSync(join(staged, path)))
      .digest('hex')}  ${path}\n`
  return filesOf(staged).map(line).join('')
}

function controlFile(staged: string, architecture: Architecture): string {
  const kibibytes = filesOf(staged).reduce(
    (sum, path) => sum + Math.ceil(readFileSync(join(staged, path)).length / 1024),
    0,
  )
  return `${[
    `Package: ${identity.package}`,
    `Version: ${identity.version}`,
    `Architecture: ${names[architecture]}`,
    `Maintainer: ${identity.maintainer}`,
    `Installed-Size: ${kibibytes}`,
    'Section: admin',
    'Priority: optional',
    `Depends: ${debianNeeds.depends.join(', ')}`,
    `Recommends: ${debianNeeds.recommends.join(', ')}`,
    `Suggests: ${debianNeeds.suggests.join(', ')}`,
    `Description: ${identity.summary}`,
    ` ${identity.description}`,
  ].join('\n')}\n`
}
