import type { Readable, Writable } from 'node:stream'
import type { Transport } from '../api/transport.ts'
import { frameLimit } from '../api/wire-values.ts'
import { LineFrames } from './line-frames.ts'

/**
 * Frames as lines on two streams: standard input and output, a named pipe, a socket. JSON text has no line ends of its
 * own. A line that is too long closes the connection: there is no telling where the next frame would begin. With `patient`,
 * nothing more is heard from somebody who does not take the answers, so that they cannot pile up.
 */
export function streamTransport(
  input: Readable,
  output: Writable,
  { patient = false }: { readonly patient?: boolean } = {},
): Transport {
  let onFrame: (frame: string) => void = () => undefined
  let onClose: () => void = () => undefined
  let open = true
  const closed = () => {
    if (!open) return
    open = false
    onClose()
  }
  const close = () => {
    input.destroy()
    output.end()
    closed()
  }
  const frames = new LineFrames(frameLimit, (frame) => onFrame(frame), close)
  input.on('data', (data: Uint8Array) => frames.take(data))
  for (const stream of [input, output]) stream.on('error', closed).on('close', closed)
  input.on('end', closed)
  return {
    send: (frame) => {
      if (!open || output.write(`${frame}\n`) || !patient) return
      input.pause()
      output.once('drain', () => input.resume())
    },
    onFrame: (listener) => (onFrame = listener),
    onClose: (listener) => (onClose = listener),
    close,
  }
}
