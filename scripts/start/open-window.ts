import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../build/bundle.ts'
import { bundleShell } from '../electron/bundle.ts'
import { installedElectron, type ElectronRuntime } from '../electron/runtime.ts'

/** Why there is no window, in words. */
export type NoWindow = { readonly why: string }

/** The Electron to open the window with. The npm package brings no program: it is fetched here, once. */
export function findElectron(): ElectronRuntime | NoWindow {
  if (process.env['DISPLAY'] === undefined && process.env['WAYLAND_DISPLAY'] === undefined)
    return { why: 'There is no display here' }
  const known = installedElectron('linux')
  if (known !== null) return known
  process.stderr.write('Fetching Electron, the program that shows the window …\n')
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    stdio: 'ignore',
    timeout: 180_000,
  })
  return (
    (status === 0 ? installedElectron('linux') : null) ?? {
      why: 'Electron, the program that shows the window, could not be fetched',
    }
  )
}

/** What the system's loader answers when a library of a program is missing. */
const librariesMissing = 127

/** Opens the window at an address of the page; gives its exit code when it is closed, or why it could not be opened. */
export async function openWindow(
  { program, old }: ElectronRuntime,
  page: string,
): Promise<number | NoWindow> {
  const folder = join(root, 'dist/app')
  await bundleShell(folder, { old, page: join(root, 'dist/renderer') })
  // Root has no rights to give up, which Chromium's sandbox is about: Electron refuses to start with it.
  const rights = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const { status } = spawnSync(program, [...rights, folder, `--page=${page}`], { stdio: 'inherit' })
  return status === librariesMissing
    ? { why: 'Libraries that Electron needs are missing here' }
    : (status ?? 1)
}
