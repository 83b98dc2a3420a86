import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

const cache = process.env['BERTH_TOOLS'] ?? join(homedir(), '.cache/berth/tools')

/** Where else than on the PATH a tool may lie, and how to get it. */
const tools: Readonly<Record<string, { readonly at: readonly string[]; readonly from: string }>> = {
  'virt-fw-vars': {
    at: [join(cache, 'virt-firmware/bin/virt-fw-vars')],
    from: 'npm run setup (virt-firmware)',
  },
  ukify: { at: [join(cache, 'virt-firmware/bin/ukify')], from: 'npm run setup (ukify)' },
  objcopy: { at: ['/usr/bin/objcopy'], from: 'Debian package binutils' },
  objdump: { at: ['/usr/bin/objdump'], from: 'Debian package binutils' },
  openssl: { at: ['/usr/bin/openssl'], from: 'Debian package openssl' },
  osslsigncode: { at: ['/usr/bin/osslsigncode'], from: 'Debian package osslsigncode' },
  sbsign: { at: ['/usr/bin/sbsign'], from: 'Debian package sbsigntool' },
  sbverify: { at: ['/usr/bin/sbverify'], from: 'Debian package sbsigntool' },
}

/** The path of a foreign tool; throws, naming what to install, when it is missing. */
export function foreignTool(name: string): string {
  const found = tools[name]?.at.find((path) => existsSync(path))
  if (found === undefined) throw new Error(`${name} is missing: ${tools[name]?.from ?? 'unknown tool'}`)
  return found
}

/** Runs a foreign tool and returns what it printed; throws with its output when it fails. */
export function runForeign(name: string, args: readonly string[]): string {
  const run = spawnSync(foreignTool(name), args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
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

/** A variable store as Debian's OVMF ships it: `OVMF_VARS_4M.fd`. */
export function readOvmf(name: string): Uint8Array {
  return readFrom(`/usr/share/OVMF/${name}`, 'Debian package ovmf')
}

function readFrom(path: string, from: string): Uint8Array {
  if (!existsSync(path)) throw new Error(`${path} is missing: ${from}`)
  return new Uint8Array(readFileSync(path))
}
