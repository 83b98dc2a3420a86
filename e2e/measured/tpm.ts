import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const limitMs = 30_000

/** A TPM 2.0 for one start of a PC, played by swtpm. */
export interface Tpm {
  /** For `GuestMachine.tpm`. */
  readonly socket: string
  /** Ends it, when QEMU has not done so already. */
  stop(): Promise<void>
}

/** Starts the TPM whose state lies in `folder`: one that nobody has used where there is none. */
export async function startTpm(folder: string): Promise<Tpm> {
  mkdirSync(folder, { recursive: true })
  const socket = join(folder, 'control')
  // Of an earlier start.
  rmSync(socket, { force: true })
  const args = ['socket', '--tpm2', '--tpmstate', `dir=${folder}`, '--ctrl', `type=unixio,path=${socket}`]
  const program = spawn('swtpm', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  program.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
  program.on('error', (error) => (said += error.message))
  const ended = new Promise<void>((resolve) => program.once('close', () => resolve()))
  const until = performance.now() + limitMs
  while (!existsSync(socket)) {
    if (performance.now() > until || program.exitCode !== null || program.pid === undefined)
      throw new Error(`swtpm did not start: ${said}`)
    await wait(50)
  }
  return {
    socket,
    stop: async () => {
      program.kill()
      await ended
    },
  }
}
