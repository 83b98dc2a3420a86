import { createInterface } from 'node:readline/promises'
import { fail, ok, type Result } from '../base/result.ts'

/**
 * Asks on the terminal for a plain yes; anything else is a no (`cancelled`). Without a terminal nobody can answer: `usage`
 * names the option that says it beforehand.
 */
export async function askYes(question: string, option: string): Promise<Result<void>> {
  if (process.stdin.isTTY !== true) return fail('usage', { what: 'no terminal to ask on', required: option })
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await reader.question(`${question} Type "yes" to go on: `)
    return answer.trim().toLowerCase() === 'yes' ? ok(undefined) : fail('cancelled')
  } catch {
    return fail('cancelled')
  } finally {
    reader.close()
  }
}
