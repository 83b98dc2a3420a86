import type { CommandRecord } from '../../base/failure.ts'
import type { Result } from '../../base/result.ts'
import type { SerialLine } from './serial-lines.ts'

/** How one start of a PC ended. */
export type PcEnd =
  /** The guest switched the PC off. */
  | 'power-off'
  /** The guest asked for a restart. */
  | 'restart'
  /** The power was cut from outside. */
  | 'cut'
  /** QEMU ended by itself with an error. */
  | 'broken'

export interface PcEnded {
  readonly end: PcEnd
  readonly durationMs: number
  readonly command: CommandRecord
}

/** What a person does at the PC: a key goes down or up, the pointer goes somewhere (shares of the screen, 0 to 1), a button. */
export type InputEvent =
  | { readonly kind: 'key'; readonly key: string; readonly down: boolean }
  | { readonly kind: 'move'; readonly x: number; readonly y: number }
  | { readonly kind: 'button'; readonly button: 'left' | 'middle' | 'right'; readonly down: boolean }

/** A PC that runs in QEMU. */
export interface RunningPc {
  /** Everything printed so far. */
  readonly lines: readonly SerialLine[]
  /**
   * Waits for a line (or a prompt without line end) that matches: the text that matched, or null when the PC ended or
   * the time was over first. Lines printed before the call count.
   */
  waitFor(pattern: RegExp, limitMs: number): Promise<SerialLine | null>
  /** Types on the serial console. */
  type(text: string): void
  /** Presses a key on the keyboard: QEMU's key names, `ret`, `esc`, `a`; several are pressed together. */
  press(...keys: readonly string[]): Promise<Result<void>>
  /** What a keyboard and a pointer do. Needs the `live` display. */
  input(...events: readonly InputEvent[]): Promise<Result<void>>
  /** Writes what is on the screen; PNG when the name ends in `.png`, else PPM. */
  screenshot(file: string): Promise<Result<void>>
  /** Presses the power button shortly: the guest is asked to switch off. */
  powerButton(): Promise<Result<void>>
  /** Holds the power button: off at once, whatever runs. */
  cutPower(): Promise<Result<void>>
  readonly ended: Promise<PcEnded>
}
