import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../../e2e/boot/run-tool.ts'
import { cacheFolder } from '../../installer-core/adapters/cache-folder.ts'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { debianSources, findKeyring, networkSettings } from '../../installer-core/system/apt-folder.ts'
import { debianSuite } from '../../installer-core/system/apt-sources.ts'
import { withLock } from '../../installer-core/system/folder-lock.ts'
import { makeBootable } from './debian-disk.ts'

/** Who signs in to the Debian. */
export const debianUser = { user: 'anna', password: 'geheim' } as const

/** What is asked for, and how it is set up: another recipe is another Debian, under another name in the cache. */
const recipe = {
  suite: debianSuite,
  /** What Debian's installer puts on a PC where somebody chooses Xfce and nothing else, with what these recommend. */
  variant: 'standard',
  packages: [
    ...['linux-image-amd64', 'initramfs-tools', 'zstd', 'task-xfce-desktop'],
    ...['grub-efi-amd64', 'grub-efi-amd64-signed', 'shim-signed'],
  ],
  user: debianUser,
  diskBytes: 8 * GiB,
  espBytes: 128 * MiB,
  /** As in Berth's desktop, so that both are looked at through the same serial port; else as Debian ships it. */
  commandLine: [
    'quiet console=ttyS0,115200 console=tty0',
    // A PC that is interpreted on a busy host needs more than the 90 seconds after which systemd gives up.
    'systemd.default_device_timeout_sec=3600 systemd.default_timeout_start_sec=3600',
  ].join(' '),
  revision: 3,
} as const

/** A Debian with its standard Xfce desktop on a disk image that firmware starts by GRUB. */
export interface DebianDesktop {
  /** The disk; whoever starts it throws its changes away or works on a copy. */
  readonly disk: string
  /** What its files take on the disk, in bytes. */
  readonly used: number
  readonly packages: number
}

/**
 * Debian's desktop, made by mmdebstrap (as root, 1 GB to fetch, twelve minutes on two busy processors) and kept in the
 * cache under a name that its recipe gives. Its packages are those of the day when it was made.
 */
export async function makeDebianDesktop(): Promise<DebianDesktop> {
  const parent = join(cacheFolder(), 'debian-desktop')
  const key = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 24)
  const folder = join(parent, key)
  mkdirSync(parent, { recursive: true })
  await withLock(join(parent, 'lock'), async () => {
    if (!existsSync(folder)) await cook(parent, folder)
  })
  const facts = JSON.parse(readFileSync(join(folder, 'facts.json'), 'utf8')) as Omit<DebianDesktop, 'disk'>
  return { ...facts, disk: join(folder, 'disk.img') }
}

/** The installed files are kept until the disk is made of them: what goes wrong on the way need not fetch them again. */
async function cook(parent: string, folder: string): Promise<void> {
  const root = `${folder}.root`
  if (!existsSync(root)) await installPackages(parent, root)
  const work = mkdtempSync(join(parent, 'new-'))
  const out = join(work, 'out')
  mkdirSync(out)
  try {
    makeBootable({ ...recipe, root, image: join(out, 'disk.img'), work })
    const listed = run('chroot', [root, 'dpkg-query', '-W', '-f', '${Package}=${Version}\\n'])
    writeFileSync(join(out, 'packages'), listed)
    const used = Number(run('du', ['-sx', '-B1', root]).split('\t')[0])
    const packages = listed.trimEnd().split('\n').length
    writeFileSync(join(out, 'facts.json'), `${JSON.stringify({ used, packages })}\n`)
    renameSync(out, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  rmSync(root, { recursive: true })
}

async function installPackages(parent: string, target: string): Promise<void> {
  const work = mkdtempSync(join(parent, 'new-'))
  const root = join(work, 'root')
  const sources = join(work, 'debian.sources')
  writeFileSync(sources, debianSources(expectOk(findKeyring())))
  const network = expectOk(await networkSettings()).map((line) => `--aptopt=${line}`)
  const options = [
    ...['--mode=root', `--variant=${recipe.variant}`, '--format=directory', ...network],
    `--include=${recipe.packages.join(',')}`,
    ...['--aptopt=APT::Install-Recommends "true"', '--dpkgopt=force-unsafe-io'],
  ]
  try {
    run('mmdebstrap', [...options, recipe.suite, root, sources], { TMPDIR: work })
    furnish(root)
    renameSync(root, target)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** What Debian's installer asks for: a name for the PC, somebody who uses it, how it starts. */
function furnish(root: string): void {
  const { user, password } = recipe.user
  writeFileSync(join(root, 'etc/hostname'), 'debian\n')
  writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n127.0.1.1 debian\n')
  run('chroot', [root, 'useradd', '--create-home', '--shell', '/bin/bash', '--groups', 'sudo', user])
  run('chroot', [root, 'sh', '-c', `echo '${user}:${password}' | chpasswd`])
  const file = join(root, 'etc/default/grub')
  const settings = readFileSync(file, 'utf8')
  const line = `GRUB_CMDLINE_LINUX_DEFAULT="${recipe.commandLine}"`
  writeFileSync(file, settings.replace(/^GRUB_CMDLINE_LINUX_DEFAULT=.*$/m, line))
}
