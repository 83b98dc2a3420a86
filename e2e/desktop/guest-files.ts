import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { startLimitMs } from './desktop-pc.ts'
import type { Person } from './person.ts'

/** Puts a file of this folder into the guest, into the home of who is signed in on its serial port, whose lines have a limit. */
export async function hands(person: Person, file: string): Promise<void> {
  const text = readFileSync(join(import.meta.dirname, file)).toString('base64')
  await person.runs(`rm -f ${file}.64`, 60_000)
  for (let at = 0; at < text.length; at += 700)
    await person.runs(`printf %s ${text.slice(at, at + 700)} >>${file}.64`, 60_000)
  await person.runs(`base64 -d ${file}.64 >${file}`, 60_000)
}

/** Asks in the guest until each of these is in a line of the answer: programs of an interpreted PC take their time. */
export async function comesTrue(person: Person, command: string, parts: readonly string[]): Promise<void> {
  const until = performance.now() + startLimitMs
  for (;;) {
    const said = await person.runs(command, 300_000)
    if (parts.every((part) => said.some((line) => line.includes(part)))) return
    if (performance.now() > until) throw new Error(`${command}: ${said.join('\n')}`)
    await wait(5_000)
  }
}

/** Uses widgets in the session by `use-widgets.py`, which the guest was handed; the last one must have been there. */
export async function uses(person: Person, ...names: readonly string[]): Promise<void> {
  const command = `python3 use-widgets.py ${names.map(typed).join(' ')} 2>&1 | grep -v Deprec`
  const used = await person.runs(command, startLimitMs)
  expect(used, used.join('\n')).toContain(`used ${names.at(-1)}`)
}

/** A word for the guest's shell, in signs that a serial line carries whatever its language. */
function typed(word: string): string {
  return `$'${[...Buffer.from(word)].map((byte) => (byte < 128 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`)).join('')}'`
}
