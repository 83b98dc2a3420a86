import type { Transport } from './transport.ts'

/** As much of a WebSocket as is used: a browser's and Node's have it alike. */
export interface Socket {
  readonly readyState: number
  send(data: string): void
  close(): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', listener: () => void): void
}

/** `WebSocket.OPEN` (HTML Standard, section 9.3.1). */
const opened = 1

/** Frames as text messages of a WebSocket that is open. Binary messages are no frames and close it. */
export function socketTransport(socket: Socket): Transport {
  return {
    send: (frame) => {
      if (socket.readyState === opened) socket.send(frame)
    },
    onFrame: (listener) =>
      socket.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') listener(data)
        else socket.close()
      }),
    onClose: (listener) => socket.addEventListener('close', listener),
    close: () => socket.close(),
  }
}
