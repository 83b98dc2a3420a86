import { lstat, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expectOk } from '../../installer-core/base/result.ts'
import { makeUki } from '../../installer-core/formats/pe/make-uki.ts'
import { makeCpio, type CpioEntry } from '../../installer-core/system/cpio.ts'
import { fetchDebianPackages, unpackDebianPackage } from '../../installer-core/system/debian-packages.ts'
import { makeMinimalInitrd } from '../../installer-core/system/minimal-initrd.ts'
import { gatherMinimalParts } from '../../installer-core/system/minimal-packages.ts'

const packages = ['efibootmgr', 'libefivar1t64', 'libefiboot1t64', 'libpopt0', 'libc6']
const libraries = 'usr/lib/x86_64-linux-gnu'
const neededLibrary = /^(libefivar|libefiboot|libpopt|libc|libdl|ld-linux-x86-64)\.so\./

/** The minimal system with efibootmgr in it, as one UKI. */
export async function makeEfibootmgrSystem(): Promise<Uint8Array> {
  const scratch = await mkdtemp(join(tmpdir(), 'berth-efibootmgr-'))
  try {
    const parts = expectOk(await gatherMinimalParts(scratch, {}))
    const root = join(scratch, 'efibootmgr')
    for (const deb of expectOk(await fetchDebianPackages(packages)))
      expectOk(await unpackDebianPackage(deb, root))
    const added = makeCpio(await efibootmgrFiles(root))
    const text = (value: string) => new TextEncoder().encode(value)
    const uki = makeUki({
      stub: parts.stub,
      sections: [
        { name: '.osrel', data: text('ID=berth-efibootmgr\nNAME="Berth\'s efibootmgr check"\n') },
        { name: '.cmdline', data: text('console=ttyS0,115200 loglevel=4 panic=10 no_timer_check') },
        { name: '.uname', data: text(parts.kernelRelease) },
        // The kernel unpacks archives that follow each other into one root.
        { name: '.initrd', data: Buffer.concat([makeMinimalInitrd('efibootmgr-check', parts), added]) },
        { name: '.linux', data: parts.kernel },
      ],
    })
    return expectOk(uki)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** efibootmgr, the loader and the libraries that it runs with, where they look for each other. */
async function efibootmgrFiles(root: string): Promise<readonly CpioEntry[]> {
  const names = (await readdir(join(root, libraries))).filter((name) => neededLibrary.test(name))
  const paths = ['usr/bin/efibootmgr', ...names.map((name) => `${libraries}/${name}`)]
  const folders = new Set(paths.flatMap(parents))
  return [
    ...[...folders].map((path): CpioEntry => ({ kind: 'folder', path, mode: 0o755 })),
    ...(await Promise.all(paths.map((path) => readEntry(root, path)))),
    { kind: 'link', path: 'lib64', target: libraries },
    { kind: 'link', path: 'bin/efibootmgr', target: '../usr/bin/efibootmgr' },
  ]
}

function parents(path: string): readonly string[] {
  const parent = dirname(path)
  return parent === '.' ? [] : [...parents(parent), parent]
}

async function readEntry(root: string, path: string): Promise<CpioEntry> {
  const file = join(root, path)
  if ((await lstat(file)).isSymbolicLink()) return { kind: 'link', path, target: await readlink(file) }
  return { kind: 'file', path, mode: 0o755, data: new Uint8Array(await readFile(file)) }
}
