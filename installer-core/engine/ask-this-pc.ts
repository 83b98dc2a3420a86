import { runCommand } from '../adapters/run-command.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { thisPcSchema, type ThisPc } from '../model/this-pc.ts'
import type { SelfCommand } from '../adapters/self-command.ts'

const limitMs = 60_000

/** Describes this PC in a process of its own, because what reads it may block or start programs that never end. */
export async function askThisPc({ program, args }: SelfCommand): Promise<Result<ThisPc>> {
  const asked = await runCommand({ program, args: [...args, 'this-pc', '--json'], timeoutMs: limitMs })
  if (!asked.ok) return asked
  try {
    const parsed = thisPcSchema.safeParse(JSON.parse(asked.value.stdout))
    if (parsed.success) return ok(parsed.data as ThisPc)
  } catch {
    // Said below.
  }
  return fail('tool-failed', { tool: 'berth this-pc', exitCode: 0, signal: null, reason: 'answer' })
}
