import { fail, ok, type Result } from '../base/result.ts'
import { startCommand } from '../adapters/run-command.ts'

/**
 * Runs a program and hands on what it prints, byte for byte, as it comes. `tool-failed` when it does not end with exit
 * code 0.
 */
export async function streamCommand(
  program: string,
  args: readonly string[],
  receive: (piece: Uint8Array) => void,
): Promise<Result<void>> {
  const started = performance.now()
  const command = startCommand({ program, args })
  if (!command.ok) return command
  let words = ''
  command.value.stdin.end()
  command.value.stdout.on('data', receive)
  command.value.stderr.on('data', (piece: Buffer) => (words = (words + piece.toString()).slice(-4000)))
  const { exitCode, signal } = await command.value.ended
  if (exitCode === 0) return ok(undefined)
  const durationMs = Math.round(performance.now() - started)
  const facts = { tool: program, exitCode, signal, reason: signal === null ? 'exit' : 'signal' }
  return fail('tool-failed', facts, {
    command: { program, args, exitCode, signal, durationMs, output: words },
  })
}
