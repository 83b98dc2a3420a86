import { codeAddress, dataAddress, makeEfiApplication } from '../../formats/pe/make-application.ts'
import { assembleStandIn, type StandInEnd } from './machine-code.ts'

/** What stand-ins print, so that whoever watches a boot knows what started. */
export const standInLines = {
  windows: 'Windows stand-in: started by firmware',
  linux: 'Linux stand-in: started by firmware',
  hanging: 'Stand-in: started and hangs',
  restarting: 'Stand-in: started and restarts',
} as const

export type StandInKind = keyof typeof standInLines

const ends: Readonly<Record<StandInKind, StandInEnd>> = {
  windows: 'shutdown',
  linux: 'shutdown',
  hanging: 'hang',
  restarting: 'restart',
}
const waitMicroseconds = 500_000

/** An EFI program for x86-64 that stands where an operating system's loader would; the same bytes every time. */
export function makeStandIn(kind: StandInKind): Uint8Array {
  const lines = [standInLines[kind]]
  // All of the code fits into its first page, so the data lies one page behind it whatever its exact length.
  const image = assembleStandIn({ lines, end: ends[kind], waitMicroseconds }, dataAddress(1) - codeAddress)
  return makeEfiApplication(image)
}

/** A file that has the name of a loader and nothing that firmware could start. */
export function makeUnloadableFile(): Uint8Array {
  return new TextEncoder().encode('This is not a program.\n'.repeat(64))
}
