import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NextStart } from '../api/methods/practice-methods.ts'
import { readPcFile } from '../adapters/disk-image/read-pc-file.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { readBootState } from '../practice/boot-state.ts'
import type { Locale } from '../text/locale.ts'
import { sentence } from '../text/sentence.ts'

/** What the firmware of a practice PC would start next, by its variables; `unsupported` for a BIOS PC. */
export function nextStart(folder: string, locale: Locale): Result<NextStart> {
  const pc = readPcFile(folder)
  if (!pc.ok) return pc
  const { firmware } = pc.value
  if (firmware.kind === 'bios') return fail('unsupported', { what: 'practice.next', where: 'bios' })
  const state = readBootState(new Uint8Array(readFileSync(join(folder, firmware.variables))))
  if (!state.ok) return state
  const { next, order, descriptions } = state.value
  const entry = next ?? order?.[0] ?? null
  const reason = next !== null ? 'boot-next' : entry !== null ? 'first-in-order' : 'firmware-decides'
  const description = entry === null ? null : (descriptions.get(entry) ?? null)
  const shown = entry === null ? null : `Boot${entry.toString(16).toUpperCase().padStart(4, '0')}`
  const words = sentence(`boot.would.${reason}`, { entry: shown, description }, locale)
  return ok({ entry, description, reason, sentence: words })
}
