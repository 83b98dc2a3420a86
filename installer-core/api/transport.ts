/** Carries frames, each one JSON text of at most `frameLimit` bytes. One listener each; both are set before the first frame. */
export interface Transport {
  /** Never throws; a frame for a connection that is closed is lost. */
  send(frame: string): void
  onFrame(listener: (frame: string) => void): void
  /** Told once, whichever side closed. */
  onClose(listener: () => void): void
  close(): void
}

/** True when a frame is within `limit` bytes of UTF-8. */
export function fits(frame: string, limit: number): boolean {
  // A UTF-16 unit takes one to three bytes.
  if (frame.length > limit) return false
  return frame.length * 3 <= limit || new TextEncoder().encode(frame).length <= limit
}
