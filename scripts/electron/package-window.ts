import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { bundleProgram, root } from '../build/bundle.ts'
import { makeExecutable } from '../build/executable.ts'
import { buildPage } from '../build/page.ts'
import type { Architecture } from '../package/package-options.ts'
import { builderConfig } from './builder-config.ts'
import { bundleShell } from './bundle.ts'
import { testElectron, type ElectronPlatform } from './runtime.ts'

const dist = join(root, 'dist')
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly devDependencies: { readonly electron: string }
}

/** A folder that runs as it is, and the Electron in it. */
export interface PackagedWindow {
  readonly folder: string
  readonly electronVersion: string
}

/**
 * Builds engine, shell and page and packs them. `unpacked`: the folder alone, around the Electron that lies here;
 * otherwise around the pinned one, with what electron-builder makes of it.
 */
export async function packageWindow(
  platform: ElectronPlatform,
  unpacked: boolean,
  architecture: Architecture = 'x64',
): Promise<PackagedWindow> {
  if (architecture !== 'x64' && (unpacked || platform !== 'linux'))
    throw new Error('For arm64 there is only Linux, and only with --release: the tests have no such Electron')
  const runtime = unpacked ? testElectron(platform) : null
  mkdirSync(dist, { recursive: true })
  await buildPage()
  const program = join(dist, 'berth.cjs')
  await bundleProgram(program)
  await makeExecutable(
    architecture === 'arm64' ? 'linux-arm64' : platform,
    program,
    join(dist, platform === 'windows' ? 'berth.exe' : 'berth'),
  )
  await bundleShell(join(dist, 'app'), { old: runtime?.old ?? false, page: join(dist, 'renderer') })
  const target = platform === 'windows' ? Platform.WINDOWS : Platform.LINUX
  await build({
    targets: target.createTarget(unpacked ? 'dir' : null, Arch[architecture]),
    config: builderConfig(platform, runtime),
    publish: 'never',
  })
  const folder = join(dist, 'package', folderName(platform, architecture))
  // What Electron shows when it has no program to run.
  rmSync(join(folder, 'resources/default_app.asar'), { force: true })
  return { folder, electronVersion: runtime?.version ?? devDependencies.electron }
}

/** As electron-builder calls it. */
function folderName(platform: ElectronPlatform, architecture: Architecture): string {
  if (platform === 'windows') return 'win-unpacked'
  return architecture === 'x64' ? 'linux-unpacked' : `linux-${architecture}-unpacked`
}
