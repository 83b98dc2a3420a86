/** The two Electron channels that carry frames; nothing else passes between page and shell. */
export const channels = { toEngine: 'berth:to-engine', toPage: 'berth:to-page' } as const

/** The longest frame, in bytes of UTF-8, as the wire contract has it. */
export const maxFrameBytes = 1024 * 1024
