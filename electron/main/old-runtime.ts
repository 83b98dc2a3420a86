/* What differs between the pinned Electron and the old one (9) that runs where the pinned one's binary cannot be had.
   Nothing else in the shell knows of versions. */
import { protocol, type IpcMainEvent, type WebContents, type WebPreferences } from 'electron'
import type { PageFile } from './page-files.ts'

const major = Number(process.versions.electron.split('.')[0])

interface OldProtocol {
  registerBufferProtocol(
    scheme: string,
    handler: (
      request: { readonly url: string },
      answer: (response: {
        statusCode: number
        mimeType: string
        charset: string
        headers: Record<string, string>
        data: Buffer
      }) => void,
    ) => void,
  ): void
}

/** Serves the page's files under its scheme. `protocol.handle` came with Electron 25. */
export function serve(scheme: string, answer: (address: string) => PageFile): void {
  if (major >= 25) {
    protocol.handle(scheme, (request) => {
      const { status, type, body, headers } = answer(request.url)
      const contentType = type.startsWith('text/') ? `${type}; charset=utf-8` : type
      return new Response(new Uint8Array(body), {
        status,
        headers: { ...headers, 'Content-Type': contentType },
      })
    })
    return
  }
  ;(protocol as unknown as OldProtocol).registerBufferProtocol(scheme, (request, give) => {
    const { status, type, body, headers } = answer(request.url)
    give({ statusCode: status, mimeType: type, charset: 'utf-8', headers: { ...headers }, data: body })
  })
}

/** The page opens no windows. `setWindowOpenHandler` came with Electron 12; before, an event asked. */
export function refuseNewWindows(contents: WebContents): void {
  if (major >= 12) {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    return
  }
  const old = contents as unknown as {
    on(event: 'new-window', listener: (event: { preventDefault(): void }) => void): void
  }
  old.on('new-window', (event) => event.preventDefault())
}

/** A message of the window's own top frame. Before Electron 12 an event did not tell its frame's address; 1 is the top one. */
export function isFromTopFrame(event: IpcMainEvent, contents: WebContents, origin: string): boolean {
  if (event.sender !== contents) return false
  if (major < 12) return contents.getURL().startsWith(`${origin}/`)
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && frame.url.startsWith(`${origin}/`)
}

/** Before Electron 14 the page could reach main through the remote module unless told otherwise. */
export const oldPreferences: WebPreferences =
  major < 14 ? ({ enableRemoteModule: false } as WebPreferences) : {}
