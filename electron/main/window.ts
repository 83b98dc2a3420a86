import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { oldPreferences } from './old-runtime.ts'
import { origin } from './page-files.ts'

/** The one window. Its page runs in Chromium's sandbox, apart from the preload script, and without Node. */
export function openWindow(folder: string, page: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1100,
    height: 760,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Berth',
    icon: join(folder, 'icon.png'),
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#15181c' : '#f7f8fa',
    webPreferences: {
      ...oldPreferences,
      preload: join(folder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  showPage(window, page)
  return window
}

/** Shows a page of the program: one of its own addresses, as `firstPage` gives it. */
export function showPage(window: BrowserWindow, page: string): void {
  void window.loadURL(`${origin}/index.html${page}`)
}

/** The page's address to begin with, from `--page=#/pc?target=practice:my-pc`; anything that is not such a fragment gives the first page. */
export function firstPage(args: readonly string[]): string {
  const given = args.find((arg) => arg.startsWith('--page='))?.slice('--page='.length) ?? ''
  return /^#[A-Za-z0-9/:._?=&%-]{0,200}$/.test(given) ? given : ''
}
