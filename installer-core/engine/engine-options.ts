/** A program and its first arguments: how this very program is started again as another process. */
export interface SelfCommand {
  readonly program: string
  readonly args: readonly string[]
}

/** Where an engine keeps its things and what it knows of itself. */
export interface EngineOptions {
  readonly dataFolder: string
  readonly releasesFolder: string
  /** Where catalogues are remembered and their files kept. */
  readonly catalogueFolder: string
  readonly version: string
  readonly self: SelfCommand
  /** Makes practice PCs without starting their firmware once; for tests. */
  readonly unstarted?: boolean
  /** Told of faults of the program's own. */
  readonly onFault: (what: string, thrown: unknown) => void
}
