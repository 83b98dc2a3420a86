import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

const cache = join(process.env['BERTH_CACHE'] ?? join(homedir(), '.cache/berth'), 'tools')
const python = join(cache, 'python/bin/python')

interface Tool {
  /** The program and what comes before its arguments. */
  readonly command: readonly string[]
  /** The file that must be there. */
  readonly file: string
  readonly from: string
}

const debian = (program: string, from: string): Tool => ({
  command: [`/usr/bin/${program}`],
  file: `/usr/bin/${program}`,
  from: `Debian package ${from}`,
})
const debianSystem = (program: string, from: string): Tool => ({
  command: [`/usr/sbin/${program}`],
  file: `/usr/sbin/${program}`,
  from: `Debian package ${from}`,
})
const ukify = join(cache, 'ukify/usr/bin/ukify')
const virtFwVars = join(cache, 'python/bin/virt-fw-vars')

/** systemd-measure of Debian's trixie with its own C library: the machine's may be older. */
const measure = (file: string) => join(cache, 'measure', file)
const libraries = 'usr/lib/x86_64-linux-gnu'
const measureLibraries = [
  ...[`libc6/${libraries}`, `libssl3t64/${libraries}`, `libsystemd-shared/${libraries}/systemd`].map(measure),
  `/${libraries}`,
]

const tools = {
  'virt-fw-vars': {
    command: [virtFwVars],
    file: virtFwVars,
    from: 'virt-firmware in the Python folder of `npm test`',
  },
  ukify: {
    command: [python, ukify],
    file: ukify,
    from: 'scripts/test/fetch-debian-package.sh, which `npm test` runs',
  },
  'systemd-measure': {
    command: [
      ...[measure(`libc6/${libraries}/ld-linux-x86-64.so.2`), '--library-path', measureLibraries.join(':')],
      measure('systemd/usr/lib/systemd/systemd-measure'),
    ],
    file: measure('systemd/usr/lib/systemd/systemd-measure'),
    from: 'scripts/test/fetch-debian-package.sh, which `npm test` runs',
  },
  objcopy: debian('objcopy', 'binutils'),
  openssl: debian('openssl', 'openssl'),
  osslsigncode: debian('osslsigncode', 'osslsigncode'),
  sbsign: debian('sbsign', 'sbsigntool'),
  fdisk: debianSystem('fdisk', 'fdisk'),
  sfdisk: debianSystem('sfdisk', 'fdisk'),
  sgdisk: debianSystem('sgdisk', 'gdisk'),
  sbverify: debian('sbverify', 'sbsigntool'),
} as const satisfies Readonly<Record<string, Tool>>

/** Runs a foreign tool and returns what it printed; throws with its output when it fails, or what to install. */
export function runForeign(name: keyof typeof tools, args: readonly string[], input = ''): string {
  const { command, file, from }: Tool = tools[name]
  if (!existsSync(file)) throw new Error(`${name} is missing (${file}): ${from}`)
  const [program = '', ...first] = command
  const run = spawnSync(program, [...first, ...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    input,
  })
  if (run.error !== undefined) throw run.error
  if (run.status !== 0)
    throw new Error(`${name} ${args.join(' ')}: exit ${run.status}\n${run.stdout}${run.stderr}`)
  return run.stdout + run.stderr
}

/** Calls `use` with a folder that is gone afterwards. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'berth-formats-'))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const stub = '/usr/lib/systemd/boot/efi/linuxx64.efi.stub'

/** systemd's EFI stub as Debian ships it. */
export function readStub(): Uint8Array {
  return readFrom(stub, 'Debian package systemd-boot-efi')
}

/** A variable store of Debian 12's OVMF, the last one with 2 MB stores: `OVMF_VARS_4M.fd`. */
export function readOvmf(name: string): Uint8Array {
  const path = join(cache, 'ovmf-bookworm/usr/share/OVMF', name)
  return readFrom(path, 'scripts/test/fetch-debian-package.sh, which `npm test` runs')
}

function readFrom(path: string, from: string): Uint8Array {
  if (!existsSync(path)) throw new Error(`${path} is missing: ${from}`)
  return new Uint8Array(readFileSync(path))
}
