import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from '../adapters/cache-folder.ts'
import type { Machine } from '../model/machine.ts'
import { redactMachine } from '../probe/redact.ts'
import { readMachine } from './session.ts'

const kept = 20

/**
 * Remembers the machine that a plan was shown for, so that a later refusal can say what changed. A convenience: when it
 * cannot be kept, nothing but that sentence is lost.
 */
export function rememberPlan(fingerprint: string, machine: Machine): void {
  try {
    mkdirSync(folder(), { recursive: true })
    writeFileSync(join(folder(), `${fingerprint}.json`), JSON.stringify(redactMachine(machine)))
    forgetOldest()
  } catch {
    // See above.
  }
}

/** The machine a fingerprint was shown for; null when it is not remembered. */
export function recallPlan(fingerprint: string): Machine | null {
  if (!/^[0-9a-f]{64}$/.test(fingerprint)) return null
  const machine = readMachine(join(folder(), `${fingerprint}.json`))
  return machine.ok ? machine.value : null
}

function forgetOldest(): void {
  const files = readdirSync(folder()).map((name) => join(folder(), name))
  const byAge = files.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
  for (const file of byAge.slice(kept)) rmSync(file, { force: true })
}

function folder(): string {
  return join(cacheFolder(), 'plans')
}
