import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pageFile } from '../../../installer-core/bin/serve/page-files.ts'
import { buildPage } from '../../../scripts/build/page.ts'

/** The page built from the sources as they are, with its stories, behind an address on this computer. */
export interface StoryBook {
  readonly origin: string
  address(story: string, options?: { readonly lang?: string; readonly theme?: string }): string
  close(): void
}

export async function openStoryBook(): Promise<StoryBook> {
  const folder = mkdtempSync(join(tmpdir(), 'berth-stories-'))
  await buildPage(folder)
  const server = createServer(({ url = '/' }, response) => {
    const file = pageFile(new URL(url, 'http://127.0.0.1').pathname, (name) => read(folder, name))
    if (file === null) response.writeHead(404).end()
    else response.writeHead(200, { 'Content-Type': file.type }).end(file.data)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    address: (story, { lang = 'en', theme = 'light' } = {}) =>
      `${origin}/stories.html?${new URLSearchParams({ story, lang, theme }).toString()}`,
    close: () => {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function read(folder: string, name: string): Uint8Array | null {
  try {
    return readFileSync(join(folder, name))
  } catch {
    return null
  }
}
