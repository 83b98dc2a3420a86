import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { archive, writeSums } from './archive.ts'
import { debianPackage } from './debian-package.ts'
import { identity } from './identity.ts'
import type { PackingOptions } from './package-options.ts'
import { rpmPackage } from './rpm-package.ts'
import { stage } from './stage.ts'

export interface PackageOptions extends PackingOptions {
  /** The unpacked window with the engine in it, and what it was made with. */
  readonly unpacked: string
  readonly electronVersion: string
}

/** Makes .deb, .rpm, .tar.gz, the bill of materials and SHA256SUMS in `out`; gives their paths. */
export function linuxPackages(out: string, options: PackageOptions): readonly string[] {
  mkdirSync(out, { recursive: true })
  const work = mkdtempSync(join(tmpdir(), 'berth-stage-'))
  try {
    const staged = join(work, 'root')
    stage(staged, options)
    const bill = join(out, `berth-${identity.version}-linux-${options.architecture}.cdx.json`)
    cpSync(join(staged, 'usr/share/doc/berth/berth.cdx.json'), bill)
    const files = [debianPackage, rpmPackage, archive].map((make) => make(staged, out, options))
    return [...files, bill, writeSums([...files, bill], out)]
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
