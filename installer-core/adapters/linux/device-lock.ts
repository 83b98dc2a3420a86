import { fail, ok, type Result } from '../../base/result.ts'
import type { Release } from '../../ports/platform.ts'
import { startCommand, type Command } from '../run-command.ts'

/**
 * Keeps a program running that holds something (a lock, an inhibitor) for as long as its standard input is open, and
 * that starts `cat` once it has it: what is written comes back, so that it is known to be held.
 */
export async function holdWith(command: Command): Promise<Result<Release>> {
  const started = startCommand({ ...command, args: [...command.args, 'cat'], input: 'held\n' })
  if (!started.ok) return started
  const { stdin, stdout, stderr, ended } = started.value
  let words = ''
  stderr.on('data', (piece: Buffer) => (words += piece.toString()))
  const held = new Promise<true>((resolve) => stdout.once('data', () => resolve(true)))
  const first = await Promise.race([held, ended])
  if (first !== true) {
    const { exitCode, signal } = first
    const record = { program: command.program, args: command.args, exitCode, signal, durationMs: 0 }
    const facts = { tool: command.program, exitCode, signal, reason: 'exit' }
    return fail('tool-failed', facts, { command: { ...record, output: words.slice(-4000) } })
  }
  return ok(async () => {
    stdin.end()
    await ended
  })
}

/**
 * Locks a disk as systemd's programs do (flock(2) on its device file): udev reads a table anew when somebody closes the
 * disk after writing, and would do it in the middle of a change. `busy` when somebody else has the lock.
 */
export async function lockDevice(path: string): Promise<Result<Release>> {
  const held = await holdWith({ program: 'flock', args: ['--exclusive', '--timeout', '30', path] })
  if (held.ok || held.failure.facts['exitCode'] !== 1) return held
  return fail('busy', { what: path }, { cause: held.failure })
}
