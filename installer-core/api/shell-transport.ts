import type { Transport } from './transport.ts'

/** What the window's preload script gives its page as `window.berth`. */
export interface ShellBridge {
  send(frame: string): void
  /** Ends with the function that comes back. */
  onFrame(callback: (frame: string) => void): () => void
}

/**
 * What page and shell say to each other about the connection itself, as JSON-RPC notifications. The page asks for a
 * connection with `open`, also after a reload; `opened` and `closed` are the shell's answers. A closed connection means
 * that the engine has ended; the next `open` starts another one.
 */
export const shellFrames = {
  open: '{"jsonrpc":"2.0","method":"shell.open"}',
  opened: '{"jsonrpc":"2.0","method":"shell.opened"}',
  closed: '{"jsonrpc":"2.0","method":"shell.closed"}',
} as const

/** Opens a connection to the window's engine, which is started when it does not run. */
export function connectShell(bridge: ShellBridge): Promise<Transport> {
  return new Promise((resolve) => {
    let onFrame: (frame: string) => void = () => undefined
    let onClose: () => void = () => undefined
    let open = false
    const close = (): void => {
      off()
      if (!open) return
      open = false
      onClose()
    }
    const transport: Transport = {
      send: (frame) => {
        if (open) bridge.send(frame)
      },
      onFrame: (listener) => (onFrame = listener),
      onClose: (listener) => (onClose = listener),
      close,
    }
    const off = bridge.onFrame((frame) => {
      if (!open) {
        open = frame === shellFrames.opened
        if (open) resolve(transport)
      } else if (frame === shellFrames.closed) close()
      else onFrame(frame)
    })
    bridge.send(shellFrames.open)
  })
}
