import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../base/result.ts'
import { runCommand } from '../../adapters/run-command.ts'

const pollMs = 20
const pieceBytes = 64 * 1024

/**
 * A guest's serial port as two FIFOs. A socket would hold only some hundred bytes that are sent one by one, and firmware
 * drops what it cannot send within a second: on a busy host lines would be lost. A FIFO holds 64 KiB of them.
 */
export class SerialPort {
  /** What QEMU's chardev of the kind `pipe` is told: it adds `.in` and `.out`. */
  readonly path: string
  readonly #input: number
  readonly #output: number
  #timer: NodeJS.Timeout | null = null

  private constructor(path: string) {
    this.path = path
    // Open for both directions, because opening a FIFO for one waits for somebody at its other end.
    this.#input = openSync(`${path}.in`, constants.O_RDWR)
    this.#output = openSync(`${path}.out`, constants.O_RDWR | constants.O_NONBLOCK)
  }

  /** Makes the FIFOs in `folder`. */
  static async make(folder: string): Promise<Result<SerialPort>> {
    const path = join(folder, 'serial')
    const made = await runCommand({
      program: 'mkfifo',
      args: [`${path}.in`, `${path}.out`],
      timeoutMs: 10_000,
    })
    if (!made.ok) return made
    try {
      return ok(new SerialPort(path))
    } catch (error) {
      return fail('io-failed', { what: 'open', where: path, error: String(error) })
    }
  }

  type(text: string): void {
    writeSync(this.#input, text)
  }

  /** Hands on what the guest prints from now on and what it has printed already. */
  listen(receive: (data: Uint8Array) => void): void {
    this.#timer = setInterval(() => this.#readAll(receive), pollMs)
  }

  /** Hands on the rest and closes both. */
  end(receive: (data: Uint8Array) => void): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#readAll(receive)
    closeSync(this.#input)
    closeSync(this.#output)
  }

  #readAll(receive: (data: Uint8Array) => void): void {
    const buffer = Buffer.alloc(pieceBytes)
    for (let count = this.#read(buffer); count > 0; count = this.#read(buffer))
      receive(Buffer.from(buffer.subarray(0, count)))
  }

  /** 0 when nothing is waiting. */
  #read(buffer: Buffer): number {
    try {
      return readSync(this.#output, buffer, 0, buffer.length, null)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0
      throw error
    }
  }
}
