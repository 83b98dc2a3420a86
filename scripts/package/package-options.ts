/** Processors that packages are made for. */
export type Architecture = 'x64' | 'arm64'

/** How a staged folder is packed. */
export interface PackingOptions {
  readonly architecture: Architecture
  /** The time that everything carries: seconds since 1970. */
  readonly date: number
  /** Packs for speed and not for size. */
  readonly quick: boolean
}
