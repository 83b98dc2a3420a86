import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildProgram } from '../../installer-core/bin/program.ts'
import { commandTree } from '../../installer-core/bin/words/command-tree.ts'
import { completionScript } from '../../installer-core/bin/words/completion.ts'
import { manualPage } from '../../installer-core/bin/words/manual-page.ts'
import { root } from '../build/bundle.ts'
import { billOfMaterials } from './bill-of-materials.ts'
import type { Architecture } from './package-options.ts'
import { identity } from './identity.ts'
import { dayOf } from './source-date.ts'

const share = 'usr/share'

export interface StageOptions {
  /** The unpacked window with the engine in it. */
  readonly unpacked: string
  readonly electronVersion: string
  readonly architecture: Architecture
  /** Seconds since 1970. */
  readonly date: number
}

/** Lays out the files of an installed Berth below `folder`, as the Filesystem Hierarchy Standard (3.0) wants them. */
export function stage(folder: string, { unpacked, electronVersion, architecture, date }: StageOptions): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'opt'), { recursive: true })
  cpSync(unpacked, join(folder, 'opt/berth'), { recursive: true, verbatimSymlinks: true })
  link(folder, 'usr/bin/berth', '../../opt/berth/resources/berth')
  link(folder, 'usr/bin/berth-window', '../../opt/berth/berth-window')
  const put = (path: string, data: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), data)
  }
  const copy = (from: string, to: string) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true })
    cpSync(join(root, from), join(folder, to))
  }
  copy(`assets/linux/${identity.id}.desktop`, `${share}/applications/${identity.id}.desktop`)
  copy(`assets/linux/${identity.id}.metainfo.xml`, `${share}/metainfo/${identity.id}.metainfo.xml`)
  copy('assets/icons/berth.svg', `${share}/icons/hicolor/scalable/apps/berth.svg`)
  copy('assets/icons/berth.png', `${share}/icons/hicolor/512x512/apps/berth.png`)
  for (const name of filesIn('assets/polkit', '.policy'))
    copy(`assets/polkit/${name}`, `${share}/polkit-1/actions/${name}`)
  copy('assets/polkit/berth-helper', 'usr/lib/berth/berth-helper')
  const program = commandTree(buildProgram())
  put(`${share}/man/man1/berth.1.gz`, compressed(manualPage(program, identity.version, dayOf(date))))
  put(`${share}/bash-completion/completions/berth`, completionScript('bash', program))
  put(`${share}/zsh/vendor-completions/_berth`, completionScript('zsh', program))
  put(`${share}/fish/vendor_completions.d/berth.fish`, completionScript('fish', program))
  copy('LICENSE', `${share}/doc/berth/copyright`)
  put(
    `${share}/doc/berth/berth.cdx.json`,
    `${JSON.stringify(billOfMaterials(date, electronVersion, architecture), null, 2)}\n`,
  )
  settle(folder, date)
}

function link(folder: string, path: string, to: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  symlinkSync(to, join(folder, path))
}

function filesIn(folder: string, ending: string): readonly string[] {
  const path = join(root, folder)
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(ending)) : []
}

/** A gzip file with no time and no name in it. */
function compressed(text: string): Uint8Array {
  return gzipSync(text, { level: 9 })
}

/** The same rights and times whoever builds, and whenever. */
function settle(folder: string, date: number): void {
  execFileSync('chmod', ['-R', 'u=rwX,go=rX', folder])
  // Chromium's sandbox on systems that let no ordinary user make namespaces.
  const sandbox = join(folder, 'opt/berth/chrome-sandbox')
  if (existsSync(sandbox)) chmodSync(sandbox, 0o4755)
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    lutimesSync(join(entry.parentPath, entry.name), date, date)
  lutimesSync(folder, date, date)
}
