import type { PcStart } from './boot-schema.ts'
import type { BootState } from './boot-state.ts'
import type { SerialLine } from './qemu/serial-lines.ts'

/** What OVMF prints about each entry it tries. */
const said = /^BdsDxe: (loading|starting|failed to load|failed to start) Boot([0-9A-F]{4}) "(.*)" from (.*)$/

type Explained = Pick<PcStart, 'bootCurrent' | 'description' | 'reason' | 'failed' | 'firmwareMs'>

/** Tells from the firmware's own lines what it started, and from the variables before the start why. */
export function explainStart(before: BootState, lines: readonly SerialLine[]): Explained {
  let started: { readonly entry: number; readonly description: string; readonly atMs: number } | null = null
  const failed: PcStart['failed'][number][] = []
  for (const { text, atMs } of lines) {
    const [, verb, digits, description, rest] = said.exec(text) ?? []
    if (verb === undefined || digits === undefined || description === undefined) continue
    const entry = Number.parseInt(digits, 16)
    if (verb === 'starting') started = { entry, description, atMs }
    if (!verb.startsWith('failed')) continue
    failed.push({ entry, description, why: (rest ?? '').replace(/^.*: /, '') })
    if (started?.entry === entry) started = null
  }
  return {
    bootCurrent: started?.entry ?? null,
    description: started?.description ?? null,
    reason: reasonFor(before, started?.entry ?? null),
    failed,
    firmwareMs: started?.atMs ?? null,
  }
}

function reasonFor({ next, order }: BootState, entry: number | null): PcStart['reason'] {
  if (entry === null) return 'nothing-started'
  if (entry === next) return 'boot-next'
  const place = order?.indexOf(entry) ?? -1
  if (place < 0) return 'found-by-firmware'
  return place === 0 ? 'first-in-order' : 'later-in-order'
}
