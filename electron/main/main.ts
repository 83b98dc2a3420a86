import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { app, dialog, ipcMain, Menu, powerSaveBlocker, protocol, type BrowserWindow } from 'electron'
import { channels } from '../shared/frames.ts'
import { CloseGuard } from './close-guard.ts'
import { Connection } from './connection.ts'
import { EngineProcess } from './engine-process.ts'
import { lockDown } from './lockdown.ts'
import { setMenu } from './menu.ts'
import { isFromTopFrame, serve } from './old-runtime.ts'
import { origin, pageFile, scheme } from './page-files.ts'
import { RunWatch } from './run-watch.ts'
import { firstPage, openWindow, showPage } from './window.ts'
import { wordsFor } from './words.ts'

// The bundle is CommonJS: it lies beside preload.cjs and the page's folder.
const folder = __dirname
const enginePatience = 5_000

protocol.registerSchemesAsPrivileged([
  // The compiled page is kept from one start to the next; old runtimes leave that out.
  { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])
// Drawn without the graphics card: an installer's page gains nothing by it, looks the same with every driver and in every
// virtual machine, and starts without waiting for one (a fifth of a second here).
app.disableHardwareAcceleration()
// Or Electron makes a menu of its own first, with an inspector in it.
Menu.setApplicationMenu(null)

if (app.requestSingleInstanceLock()) void app.whenReady().then(start)
else app.quit()

/** The engine's file: beside the package's other resources, or where a build from a checkout puts it. */
function engineProgram(): string {
  const name = process.platform === 'win32' ? 'berth.exe' : 'berth'
  return app.isPackaged ? join(process.resourcesPath, name) : join(folder, '..', name)
}

function start(): void {
  const words = wordsFor(app.getLocale())
  const program = engineProgram()
  if (!existsSync(program)) {
    dialog.showErrorBox(words.brokenTitle, words.broken)
    return app.exit(1)
  }
  lockDown()
  serve(scheme, (address) => pageFile(join(folder, 'page'), address))
  const window = openWindow(folder, firstPage(process.argv))
  const { engine, runs } = joinEngine(window, program, words)
  engine.start()
  // Out of sight until it is asked for: not before the window.
  setMenu(words)
  app.on('second-instance', (_event, args) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    // What is under way stays in view.
    const page = firstPage(args)
    if (page !== '' && !runs.busy) showPage(window, page)
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (!engine.running) return
    event.preventDefault()
    void engine.stop(enginePatience).then(() => app.quit())
  })
}

/** Lets page and engine talk; while a run is under way the PC stays awake and closing asks. */
function joinEngine(
  window: BrowserWindow,
  program: string,
  words: ReturnType<typeof wordsFor>,
): { readonly engine: EngineProcess; readonly runs: RunWatch } {
  let awake: number | null = null
  const runs = new RunWatch((busy) => {
    if (busy) awake ??= powerSaveBlocker.start('prevent-app-suspension')
    else {
      if (awake !== null) powerSaveBlocker.stop(awake)
      awake = null
      guard.idle()
    }
  })
  // A Windows program has its own idea of standard input and output; a named pipe is the same for all of them.
  const pipe =
    process.platform === 'win32' ? () => `\\\\.\\pipe\\berth-${randomBytes(16).toString('hex')}` : null
  const engine = new EngineProcess(
    { program, args: ['engine'], pipe },
    {
      onFrame: (frame) => connection.fromEngine(frame),
      onEnd: () => {
        runs.clear()
        connection.engineEnded()
      },
    },
  )
  const toPage = (frame: string): void => {
    if (!window.isDestroyed()) window.webContents.send(channels.toPage, frame)
  }
  const connection = new Connection(engine, toPage, (frame) => runs.hear(frame))
  const guard = new CloseGuard(window, runs, (run) => connection.ask('run.stop', { run }), words)
  ipcMain.on(channels.toEngine, (event, frame: unknown) => {
    if (!window.isDestroyed() && isFromTopFrame(event, window.webContents, origin)) connection.fromPage(frame)
  })
  return { engine, runs }
}
