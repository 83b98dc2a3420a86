/** The two Electron channels that carry frames; nothing else passes between page and shell. */
export const channels = { toEngine: 'berth:to-engine', toPage: 'berth:to-page' } as const

/** The longest frame, in bytes of UTF-8, as the wire contract has it. */
export const maxFrameBytes = 1024 * 1024

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
