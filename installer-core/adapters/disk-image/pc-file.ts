import type { z } from 'zod'
import { malformed, ok, type Result } from '../../base/result.ts'
import { pcFileSchema, type PcFile } from './pc-schema.ts'

const format = 'pc.json'

/**
 * Reads `pc.json`. `malformed` names the first key that is wrong or unknown (`firmware.fautls`, `disks[0].file`), what
 * was required and what was found; `offset` is the byte where JSON itself breaks, 0 otherwise.
 */
export function parsePcFile(text: string): Result<PcFile> {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (thrown) {
    return malformed(format, 'JSON', offsetIn(thrown, text), 'valid JSON without comments', reason(thrown))
  }
  const parsed = pcFileSchema.safeParse(content)
  if (parsed.success) return ok(parsed.data as PcFile)
  const issue = parsed.error.issues[0]
  return issue === undefined
    ? malformed(format, 'content', 0, 'the format berth-practice-pc/1', 'something else')
    : describe(issue, content)
}

/** `pc.json` as text, with every value spelled out. */
export function serialisePcFile(pc: PcFile): string {
  return `${JSON.stringify(pc, null, 2)}\n`
}

function describe(issue: z.core.$ZodIssue, content: unknown): Result<never> {
  if (issue.code === 'unrecognized_keys') {
    const field = pathText([...issue.path, issue.keys[0] ?? ''])
    return malformed(format, field, 0, 'a known key', 'an unknown key')
  }
  const found = valueAt(content, issue.path)
  return malformed(
    format,
    pathText(issue.path),
    0,
    issue.message,
    found === undefined ? 'nothing' : short(found),
  )
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return text.replace(/^\./, '') || 'content'
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    content,
  )
}

function short(value: unknown): string {
  return JSON.stringify(value).slice(0, 100)
}

function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

function offsetIn(thrown: unknown, text: string): number {
  const position = Number(/position (\d+)/.exec(reason(thrown))?.[1] ?? 0)
  return new TextEncoder().encode(text.slice(0, position)).length
}
