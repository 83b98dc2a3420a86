import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core-old'
import { root } from '../../../scripts/build/bundle.ts'
import { openDisplay, type Display } from './display.ts'

/** Who has no rights at all on any Linux. */
const nobody = 65534

const packaged = join(root, 'dist/package/linux-unpacked')

/** The old runtime's filter of system calls kills its own pages over calls that newer C libraries make. */
export const oldFilterOff = '--disable-seccomp-filter-sandbox'

/** A place to run the packaged program in: a display, and a home of its own. */
export interface Stage {
  readonly display: Display
  /** The program's folder; with a copy of it what happens to it harms nobody. */
  readonly folder: string
  readonly home: string
  remove(): void
}

/**
 * `asUser`: everything belongs to a user without rights, so Chromium's sandbox is on. `from`: where the program lies; its
 * files are linked, so on the same file system as the folder for temporary files.
 */
export async function makeStage({ asUser = false, from = packaged } = {}): Promise<Stage> {
  if (!existsSync(join(from, 'berth-window')))
    throw new Error('There is no packaged window: npm run package -- --dir')
  const base = mkdtempSync(join(tmpdir(), 'berth-window-'))
  const home = join(base, 'home')
  const folder = join(base, 'program')
  mkdirSync(home)
  execFileSync('cp', ['-al', from, folder])
  if (asUser) {
    chmodSync(base, 0o755)
    chownSync(home, nobody, nobody)
  }
  const display = await openDisplay()
  return {
    display,
    folder,
    home,
    remove: () => {
      display.close()
      rmSync(base, { recursive: true, force: true })
    },
  }
}

/** A window that runs, with what it complained of. */
export interface Running {
  readonly app: ElectronApplication
  readonly page: Page
  readonly errors: string[]
  /** From the start of the program until its page could be used. */
  readonly startMs: number
  close(): Promise<void>
}

export interface LaunchOptions {
  readonly asUser?: boolean
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

export async function launch(stage: Stage, options: LaunchOptions = {}): Promise<Running> {
  return drive({
    executablePath: starter(stage, options.asUser === true),
    args: [...(options.asUser === true ? [] : ['--no-sandbox']), ...(options.args ?? [])],
    env: environment(stage, options.env),
  })
}

/** Starts a program that is Electron and takes hold of its page. */
export async function drive(program: Parameters<typeof _electron.launch>[0]): Promise<Running> {
  const begun = performance.now()
  const app = await _electron.launch(program)
  const page = await app.firstWindow()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.setDefaultTimeout(30_000)
  await page.waitForLoadState()
  return {
    app,
    page,
    errors,
    startMs: performance.now() - begun,
    close: () => quit(app),
  }
}

/** The program's processes know nothing of the tests' own home. */
export function environment(
  stage: Stage,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    LANG: 'C.UTF-8',
    DISPLAY: stage.display.name,
    HOME: stage.home,
    BERTH_DATA: join(stage.home, 'data'),
    BERTH_RELEASES: join(stage.home, 'releases'),
    ...more,
  }
}

/** The program, or a script that starts it as the user without rights. */
function starter({ folder, home }: Stage, asUser: boolean): string {
  const program = join(folder, 'berth-window')
  if (!asUser) return program
  const script = join(home, '..', 'as-user')
  const drop = `setpriv --reuid=${nobody} --regid=${nobody} --clear-groups --bounding-set=-all --no-new-privs`
  // Playwright adds --no-sandbox because the tests themselves are run by root.
  const filter = 'for arg; do shift; [ "$arg" = --no-sandbox ] || set -- "$@" "$arg"; done'
  writeFileSync(script, `#!/bin/sh\n${filter}\nexec ${drop} "${program}" "$@"\n`)
  chmodSync(script, 0o755)
  return script
}

/** Ends the program from inside; Playwright's own way alone now and then waits for half a minute. */
async function quit(app: ElectronApplication): Promise<void> {
  // Not before the answer to this is out, or it is waited for in vain; then Node waits for its debugger to go.
  await app.evaluate(({ app: electron }) => {
    setTimeout(() => electron.exit(0), 50)
  })
  await app.close()
}
