import { isSea } from 'node:sea'

/** A program and its first arguments: how this very program is started again as another process. */
export interface SelfCommand {
  readonly program: string
  readonly args: readonly string[]
}

/** How this program is started again: the single executable by itself, everything else by Node and its script. */
export function selfCommand(): SelfCommand {
  const [, script] = process.argv
  const args = isSea() || script === undefined ? [] : [...process.execArgv, script]
  return { program: process.execPath, args }
}
