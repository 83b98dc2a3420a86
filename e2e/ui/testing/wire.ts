import type { Page } from 'playwright-core-old'

interface Bridge {
  send(frame: string): void
  onFrame(callback: (frame: string) => void): () => void
}

/** In a page: one request on a connection of its own, as its frame came back; null when none came in `patience` ms. */
export function ask(page: Page, method: string, params: object, patience = 15_000): Promise<string | null> {
  return page.evaluate(
    ({ method: name, params: body, patience: limit }) =>
      new Promise<string | null>((resolve) => {
        const { berth } = globalThis as unknown as { readonly berth: Bridge }
        const id = `test-${Math.random()}`
        const late = setTimeout(() => resolve(null), limit)
        const off = berth.onFrame((frame) => {
          if (frame.includes('shell.opened'))
            return berth.send(JSON.stringify({ jsonrpc: '2.0', id, method: name, params: body }))
          if (!frame.includes(id)) return
          clearTimeout(late)
          off()
          resolve(frame)
        })
        berth.send('{"jsonrpc":"2.0","method":"shell.open"}')
      }),
    { method, params, patience },
  )
}

/** The engine's own mark, which differs for each process of it. */
export async function engineMark(page: Page): Promise<string> {
  const frame = await ask(page, 'session.hello', { contract: 1, language: 'en' })
  const { result } = JSON.parse(frame ?? '{}') as { readonly result?: { readonly engine: string } }
  if (result === undefined) throw new Error(`The engine did not greet: ${String(frame)}`)
  return result.engine
}
