import { app, session } from 'electron'
import { refuseNewWindows } from './old-runtime.ts'
import { origin, scheme } from './page-files.ts'

/**
 * Everything a page could do besides showing itself is refused: going elsewhere, windows, frames of other programs,
 * permissions, downloads, and any request that is not for its own files. To be called before the first window.
 */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    refuseNewWindows(contents)
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
  const pages = session.defaultSession
  pages.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  pages.setPermissionCheckHandler(() => false)
  // What the page itself made (a text, a profile) may be saved: Electron asks where with the system's own dialog.
  pages.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${origin}/`)) event.preventDefault()
  })
  pages.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwn(url) }))
}

// `devtools:` serves Chromium's own inspector, which exists outside the package only.
function isOwn(address: string): boolean {
  return [`${scheme}:`, 'blob:', 'data:', 'devtools:'].some((own) => address.startsWith(own))
}
