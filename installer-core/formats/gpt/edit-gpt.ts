import { lba } from '../../base/bytes.ts'
import { nilGuid } from '../../base/guid.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { crc32 } from '../crc32.ts'
import { checkPartitions } from './check-partitions.ts'
import { nameUnits, writeEntry, writeLast } from './gpt-entry.ts'
import { sealHeader } from './gpt-header.ts'
import type { GptCopy, GptDisk, GptEdit, GptPartition } from './gpt-types.ts'

/**
 * The table after `edits`, all or none. A table with any problem is not edited: the failure is its first problem. A slot
 * that is not named stays as it is, byte for byte, and an edit that is taken back gives the former table again.
 * Failures: `malformed`, `unknown-partition`, `identity-changed`, `already-exists`, `out-of-range`, `too-large`.
 */
export function editGpt(gpt: GptDisk, edits: readonly GptEdit[]): Result<GptDisk> {
  const problem = gpt.failures[0]
  if (problem !== undefined) return { ok: false, failure: problem }
  let edited = gpt
  for (const edit of edits) {
    const next = applyEdit(edited, edit)
    if (!next.ok) return next
    edited = next.value
  }
  return ok(edited)
}

/** Slots that a partition can be added to, lowest first: unused, and holding nothing but zeros. */
export function freeSlots(gpt: GptDisk): readonly number[] {
  return Array.from({ length: gpt.slots }, (_, i) => i + 1).filter((slot) => isBlank(gpt, slot))
}

function applyEdit(gpt: GptDisk, edit: GptEdit): Result<GptDisk> {
  switch (edit.kind) {
    case 'add':
      return add(gpt, edit)
    case 'remove':
      return changeEntry(gpt, edit, null, (entry) => entry.fill(0))
    case 'resize': {
      const old = gpt.partitions.find(({ slot }) => slot === edit.slot)
      if (!isLength(edit.blocks)) return fail('out-of-range', { what: 'blocks', found: edit.blocks })
      const last = lba((old?.start ?? 0) + edit.blocks - 1)
      const resized = old === undefined ? null : { ...old, last, blocks: edit.blocks }
      return changeEntry(gpt, edit, resized, (entry) => writeLast(entry, last))
    }
  }
}

function add(gpt: GptDisk, edit: Extract<GptEdit, { kind: 'add' }>): Result<GptDisk> {
  const refusal = refuseNewEntry(gpt, edit)
  if (refusal !== null) return refusal
  const { slot, typeGuid, guid, start, blocks, attributes, name } = edit
  const partition = {
    slot,
    typeGuid,
    guid,
    start,
    last: lba(start + blocks - 1),
    blocks,
    attributes: attributes.toLowerCase(),
    name,
  }
  return withEntry(gpt, slot, partition, (entry) => writeEntry(entry, edit))
}

function refuseNewEntry(gpt: GptDisk, edit: Extract<GptEdit, { kind: 'add' }>): Result<never> | null {
  const { slot, start, blocks, name } = edit
  if (!(Number.isInteger(slot) && slot >= 1 && slot <= gpt.slots))
    return fail('out-of-range', { what: 'slot', required: `1 to ${gpt.slots}`, found: slot })
  if (!isBlank(gpt, slot)) return fail('already-exists', { what: 'slot', where: slot })
  if (name.length > nameUnits)
    return fail('too-large', { what: 'name', required: nameUnits, found: name.length })
  if (!isLength(blocks) || !isLength(start))
    return fail('out-of-range', { what: 'blocks', found: `${start} + ${blocks}` })
  if (edit.typeGuid === nilGuid) return fail('out-of-range', { what: 'typeGuid', found: nilGuid })
  if (!/^[0-9a-f]{16}$/i.test(edit.attributes))
    return fail('out-of-range', { what: 'attributes', required: '16 hex digits', found: edit.attributes })
  return null
}

function isLength(blocks: number): boolean {
  return Number.isSafeInteger(blocks) && blocks >= 1
}

function changeEntry(
  gpt: GptDisk,
  edit: Extract<GptEdit, { kind: 'remove' | 'resize' }>,
  partition: GptPartition | null,
  write: (entry: Uint8Array) => void,
): Result<GptDisk> {
  const old = gpt.partitions.find(({ slot }) => slot === edit.slot)
  const facts = { what: 'partition', where: edit.slot, required: edit.guid, found: old?.guid ?? null }
  if (old === undefined) return fail('unknown-partition', facts)
  if (old.guid !== edit.guid) return fail('identity-changed', facts)
  return withEntry(gpt, edit.slot, partition, write)
}

function withEntry(
  gpt: GptDisk,
  slot: number,
  partition: GptPartition | null,
  write: (entry: Uint8Array) => void,
): Result<GptDisk> {
  const others = gpt.partitions.filter((other) => other.slot !== slot)
  const partitions = partition === null ? others : [...others, partition].sort((a, b) => a.slot - b.slot)
  const wrong = checkPartitions(gpt, partitions, 0)[0]
  if (wrong !== undefined) {
    const { field, required, found } = wrong.facts
    const what = field ?? null
    return String(field).endsWith('.guid')
      ? fail('already-exists', { what, where: slot, found: found ?? null })
      : fail('out-of-range', { what, required: required ?? null, found: found ?? null })
  }
  const change = (copy: GptCopy) => changeCopy(gpt, copy, slot, write)
  const copies = { primary: change(gpt.copies.primary), backup: change(gpt.copies.backup) }
  return ok({ ...gpt, partitions, copies })
}

function changeCopy(gpt: GptDisk, copy: GptCopy, slot: number, write: (entry: Uint8Array) => void): GptCopy {
  const entries = copy.entries.slice()
  write(slotOf(gpt, entries, slot))
  const sum = crc32(entries.subarray(0, gpt.slots * gpt.entrySize))
  return { ...copy, entries, header: sealHeader(copy.header, sum) }
}

function slotOf(gpt: GptDisk, entries: Uint8Array, slot: number): Uint8Array {
  return entries.subarray((slot - 1) * gpt.entrySize, slot * gpt.entrySize)
}

function isBlank(gpt: GptDisk, slot: number): boolean {
  return slotOf(gpt, gpt.copies[gpt.used].entries, slot).every((byte) => byte === 0)
}
