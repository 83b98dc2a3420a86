import { fromHex, guidToBytes, parseGuid } from '../base/guid.ts'
import { ok, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import type { StepTools } from '../ports/step.ts'
import { bootVariable, deleteVariable, hex4, readVariable, sameBytes } from './variables.ts'

type Entry = Pick<StepOf<'create-boot-entry'>, 'entry' | 'data' | 'partition' | 'path'>

/**
 * Deletes Berth's boot entry: the bytes that were written, or bytes that the firmware made of them which still name
 * Berth's partition and file. An entry of somebody else's under the same number stays.
 */
export async function removeBootEntry(tools: StepTools, own: Entry): Promise<Result<readonly string[]>> {
  const { firmware } = tools.platform
  const found = await readVariable(firmware, bootVariable(own.entry))
  if (!found.ok) return found
  if (found.value === null) return ok([])
  if (!isOurs(found.value.data, own))
    return ok([`boot entry ${hex4(own.entry)} (it is not Berth's any more)`])
  const deleted = await deleteVariable(firmware, bootVariable(own.entry))
  return deleted.ok ? ok([]) : deleted
}

function isOurs(data: Uint8Array, own: Entry): boolean {
  if (sameBytes(data, fromHex(own.data))) return true
  const guid = parseGuid(own.partition)
  return guid !== null && holds(data, guidToBytes(guid)) && holds(data, pathBytes(own.path))
}

/** A boot path as a file-path node stores it: backslashes, UTF-16LE (UEFI 2.10, 10.3.4.4). */
function pathBytes(path: string): Uint8Array {
  const stored = path.replaceAll('/', '\\')
  return Uint8Array.from([...stored].flatMap((unit) => [unit.charCodeAt(0), 0]))
}

function holds(data: Uint8Array, part: Uint8Array): boolean {
  for (let at = 0; at + part.length <= data.length; at += 1)
    if (sameBytes(data.subarray(at, at + part.length), part)) return true
  return false
}
