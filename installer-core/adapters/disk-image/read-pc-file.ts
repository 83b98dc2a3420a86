import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import { attempt } from './io-failure.ts'
import { parsePcFile } from './pc-file.ts'
import type { PcFile } from './pc-schema.ts'

/** Reads `pc.json` of a practice PC's folder; `not-found` where there is none, otherwise as `parsePcFile`. */
export function readPcFile(folder: string): Result<PcFile> {
  const path = join(folder, 'pc.json')
  const text = attempt('read', path, () => ok(readFileSync(path, 'utf8')))
  return text.ok ? parsePcFile(text.value) : text
}
