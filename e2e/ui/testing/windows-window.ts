import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../../scripts/build/bundle.ts'
import { windowsPath, wineEnvironment, winePrefixWithFonts } from '../../windows/wine.ts'
import { openDisplay } from './display.ts'
import { drive, type Running } from './packaged-window.ts'
import type { Place } from './serving.ts'

const packaged = join(root, 'dist/package/win-unpacked')
const starter = join(root, 'e2e/windows/wine-program')

/** The window's Windows build, running under wine. */
export interface WindowsWindow {
  readonly running: Running
  /** The ids of its engines, as Linux has them. */
  engines(): number[]
  /** Starts the program once more; gives its exit code. */
  startAgain(): number | null
  close(): Promise<void>
}

/** @throws when there is no package, no wine, or no page in half a minute. */
export async function openWindowsWindow(place: Place): Promise<WindowsWindow> {
  if (!existsSync(join(packaged, 'berth-window.exe')))
    throw new Error('There is no packaged window for Windows: npm run package -- --dir --windows')
  const base = mkdtempSync(join(tmpdir(), 'berth-windows-window-'))
  const folder = join(base, 'program')
  execFileSync('cp', ['-al', packaged, folder])
  const program = join(folder, 'berth-window.exe')
  const display = await openDisplay()
  const own = Object.entries(place.env).map(([name, path]) => [name, windowsPath(path)] as const)
  const env = {
    ...wineEnvironment(winePrefixWithFonts(), Object.fromEntries(own)),
    DISPLAY: display.name,
    WINE_PROGRAM: program,
  } as Record<string, string>
  const running = await drive({ executablePath: starter, args: ['--no-sandbox'], env })
  return {
    running,
    engines: () => enginesIn(folder),
    startAgain: () => spawnSync(starter, ['--no-sandbox'], { env, timeout: 120_000 }).status,
    close: async () => {
      await running.close()
      display.close()
      rmSync(base, { recursive: true, force: true })
    },
  }
}

/** Under wine a process is wine's own, with the Windows program's command line. */
function enginesIn(folder: string): number[] {
  const engine = `${windowsPath(join(folder, 'resources'))}\\berth.exe`
  return readdirSync('/proc')
    .map(Number)
    .filter((id) => id > 0 && commandOf(id).startsWith(engine))
}

function commandOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
