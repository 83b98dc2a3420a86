import type { BootUntil, PcStart } from './boot-schema.ts'
import type { RunningPc } from './qemu/running-pc.ts'
import type { SerialLine } from './qemu/serial-lines.ts'
import { standInLines } from './stand-in/stand-in.ts'

/** Something to do when a line is seen: once for each start. */
export interface Reaction {
  readonly when: RegExp
  /** Types on the serial console, or holds the power button until the PC is off. */
  readonly act: { readonly type: string } | 'hold-power-button'
}

/** How to boot a practice PC. */
export interface BootOptions {
  /** Stops when this has come; absent: when the PC switches itself off. */
  readonly until?: BootUntil
  /** Where to write the screen as it is at the end. */
  readonly screenshot?: string
  /** Shows the PC's screen in a window. */
  readonly window?: boolean
  readonly onLine?: (line: SerialLine) => void
  /** Somebody sits at the PC: told of each start, with what it takes to watch it and to use it. */
  readonly onStarted?: (pc: RunningPc) => void
  /** Told when a start has ended. */
  readonly onStartEnded?: (start: PcStart) => void
  /** For each start, in seconds. */
  readonly limitSeconds?: number
  /** Restarts that are followed; 3 when absent. */
  readonly maxRestarts?: number
  readonly reactions?: readonly Reaction[]
  /** A script for the minimal system, a file of the host. */
  readonly script?: string
  /** The control socket of the TPM 2.0 that the PC has at this start (swtpm(8)), which ends with it; it has none when absent. */
  readonly tpm?: string
  /** Leaves the disks as they were; firmware variables are kept all the same. */
  readonly throwAwayDisks?: boolean
}

/** The line that says that something has come. */
export const untilPatterns: Readonly<Record<BootUntil, RegExp>> = {
  windows: new RegExp(`^${standInLines.windows}`),
  linux: new RegExp(`^${standInLines.linux}`),
  shell: /^berth#/,
  login: /^Berth: login|\blogin:$/,
}
