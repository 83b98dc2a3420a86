import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { bundleProgram, root } from '../build/bundle.ts'
import { makeExecutable } from '../build/executable.ts'
import { buildPage } from '../build/page.ts'
import { builderConfig } from './builder-config.ts'
import { bundleShell } from './bundle.ts'
import { testElectron, type ElectronPlatform } from './runtime.ts'

const dist = join(root, 'dist')

/** Builds engine, shell and page and packs them; gives the folder. `unpacked`: one folder that runs as it is. */
export async function packageWindow(platform: ElectronPlatform, unpacked: boolean): Promise<string> {
  const runtime = unpacked ? testElectron(platform) : null
  mkdirSync(dist, { recursive: true })
  await buildPage()
  const program = join(dist, 'berth.cjs')
  await bundleProgram(program)
  await makeExecutable(platform, program, join(dist, platform === 'windows' ? 'berth.exe' : 'berth'))
  await bundleShell(join(dist, 'app'), { old: runtime?.old ?? false, page: join(dist, 'renderer') })
  const target = platform === 'windows' ? Platform.WINDOWS : Platform.LINUX
  await build({
    targets: unpacked ? target.createTarget('dir', Arch.x64) : target.createTarget(null, Arch.x64),
    config: builderConfig(platform, runtime),
    publish: 'never',
  })
  const folder = join(dist, 'package', platform === 'windows' ? 'win-unpacked' : 'linux-unpacked')
  // What Electron shows when it has no program to run.
  rmSync(join(folder, 'resources/default_app.asar'), { force: true })
  return folder
}
