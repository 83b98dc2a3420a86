import { socketTransport } from '../../installer-core/api/socket-transport.ts'
import type { Transport } from '../../installer-core/api/transport.ts'

/** What the window's preload script offers: frames out, frames in. */
interface WindowBridge {
  send(frame: string): void
  onFrame(callback: (frame: string) => void): () => void
}

declare global {
  interface Window {
    readonly berth?: WindowBridge
  }
}

/** A way to the engine: through the window's shell, or by a WebSocket to the place this page came from. */
export function connector(): () => Promise<Transport | null> {
  const { berth } = window
  return berth === undefined ? openSocket : () => Promise.resolve(openBridge(berth))
}

const notice = (frame: string): string | null => {
  const found = /^\{"jsonrpc":"2\.0","method":"(shell\.(?:opened|closed))"\}$/.exec(frame)
  return found?.[1] ?? null
}

/** What is sent at once follows the request to open; what comes before the word that it is open was for an earlier page. */
function openBridge(bridge: WindowBridge): Transport {
  let hear: ((frame: string) => void) | null = null
  let closed: (() => void) | null = null
  let opened = false
  const end = () => {
    off()
    closed?.()
  }
  const off = bridge.onFrame((frame) => {
    const word = notice(frame)
    if (word === 'shell.opened') opened = true
    else if (word === 'shell.closed') end()
    else if (opened) hear?.(frame)
  })
  bridge.send('{"jsonrpc":"2.0","method":"shell.open"}')
  return {
    send: (frame) => bridge.send(frame),
    onFrame: (listener) => (hear = listener),
    onClose: (listener) => (closed = listener),
    close: end,
  }
}

/** Exchanges the one-time token of the address for a session, once; the token does not stay in the address. */
async function bringToken(): Promise<void> {
  const token = /^#token=([0-9a-f]+)$/.exec(window.location.hash)?.[1]
  if (token === undefined) return
  window.history.replaceState(null, '', '#/welcome')
  await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  })
}

async function openSocket(): Promise<Transport | null> {
  await bringToken().catch(() => undefined)
  const { protocol, host } = window.location
  return new Promise((resolve) => {
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/wire`)
    const failed = () => resolve(null)
    socket.addEventListener('close', failed)
    socket.addEventListener('open', () => {
      socket.removeEventListener('close', failed)
      resolve(socketTransport(socket))
    })
  })
}
