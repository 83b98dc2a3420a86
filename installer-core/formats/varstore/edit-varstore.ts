import { alignUp, bytes, type Bytes } from '../../base/bytes.ts'
import { guidToBytes, type Guid } from '../../base/guid.ts'
import { fail, ok, type Result } from '../../base/result.ts'
import { toUcs2z } from '../byte-view.ts'
import { recordHeader, recordState } from './layout.ts'
import { parseVarstore, type Authentication, type StoredVariable, type Varstore } from './parse-varstore.ts'

/** Which variable. */
export interface VariableKey {
  readonly vendor: Guid
  readonly name: string
}

/** What to store. Without `authentication` a replaced variable keeps its own; a new one gets zeros. */
export interface VariableValue {
  readonly attributes: number
  readonly data: Uint8Array
  readonly authentication?: Authentication
}

/** Bytes to put into the image at `offset`. */
export interface VarstoreWrite {
  readonly offset: number
  readonly data: Uint8Array
}

const noAuthentication: Authentication = { monotonicCount: 0n, time: new Uint8Array(16), publicKeyIndex: 0 }

/**
 * The writes that set a variable, in the order in which the firmware makes them: after any number of them the store
 * shows the old or the new value. No data deletes, as in UEFI; an equal value needs no write. When the store is full
 * the last write compacts it as a whole; `firmware-store-full` (required, found in bytes) when that does not help.
 */
export function setVariableWrites(
  image: Uint8Array,
  key: VariableKey,
  value: VariableValue,
): Result<readonly VarstoreWrite[]> {
  if (value.data.length === 0) return deleteVariableWrites(image, key)
  const parsed = parseVarstore(image)
  if (!parsed.ok) return parsed
  const store = parsed.value
  const old = store.variables.find((variable) => isSame(variable, key))
  if (old !== undefined && isEqual(old, value)) return ok([])
  const record = recordOf(key, value, value.authentication ?? old?.authentication ?? noAuthentication)
  const blank = image.subarray(store.freeStart, store.freeStart + record.length)
  const fits = record.length <= store.end - store.freeStart && blank.every((byte) => byte === 0xff)
  if (!fits) return compact(image, store, key, record)
  return ok(append(image, store, key, record))
}

/** The writes that delete a variable: none when it is absent. */
export function deleteVariableWrites(image: Uint8Array, key: VariableKey): Result<readonly VarstoreWrite[]> {
  const parsed = parseVarstore(image)
  if (!parsed.ok) return parsed
  return ok(markAll(image, parsed.value, key, recordState.deletedMask))
}

/** A copy of the image in which the variable has this value; see `setVariableWrites`. */
export function setVariable(image: Uint8Array, key: VariableKey, value: VariableValue): Result<Uint8Array> {
  const writes = setVariableWrites(image, key, value)
  return writes.ok ? ok(applyWrites(image, writes.value)) : writes
}

/** A copy of the image without the variable; equal to the image when it was absent. */
export function deleteVariable(image: Uint8Array, key: VariableKey): Result<Uint8Array> {
  const writes = deleteVariableWrites(image, key)
  return writes.ok ? ok(applyWrites(image, writes.value)) : writes
}

/** A copy of the image after the writes. */
export function applyWrites(image: Uint8Array, writes: readonly VarstoreWrite[]): Uint8Array {
  const out = image.slice()
  for (const write of writes) out.set(write.data, write.offset)
  return out
}

/** Room for records (60 bytes, name and data each) once deleted ones are cleared away, in bytes. */
export function freeBytes(image: Uint8Array): Result<Bytes> {
  const parsed = parseVarstore(image)
  if (!parsed.ok) return parsed
  const { recordsStart, end, variables } = parsed.value
  const used = variables.reduce((sum, variable) => sum + padded(variable.length), 0)
  return ok(bytes(Math.max(0, end - recordsStart - used)))
}

function append(
  image: Uint8Array,
  store: Varstore,
  key: VariableKey,
  record: Uint8Array,
): readonly VarstoreWrite[] {
  const at = store.freeStart
  const state = (value: number): VarstoreWrite => ({
    offset: at + recordHeader.state,
    data: Uint8Array.of(value),
  })
  return [
    ...markAll(image, store, key, recordState.inDeletionMask),
    { offset: at, data: record.slice(0, recordHeader.length) },
    state(recordState.headerOnly),
    { offset: at + recordHeader.length, data: record.slice(recordHeader.length) },
    state(recordState.live),
    ...markAll(image, store, key, recordState.inDeletionMask & recordState.deletedMask),
  ]
}

/** Takes state bits from every record of the variable, hidden ones too. */
function markAll(
  image: Uint8Array,
  store: Varstore,
  key: VariableKey,
  mask: number,
): readonly VarstoreWrite[] {
  return store.records
    .filter((record) => isSame(record, key))
    .map((record) => record.offset + recordHeader.state)
    .map((offset) => ({ offset, data: Uint8Array.of((image[offset] ?? 0) & mask) }))
    .filter(({ offset, data }) => image[offset] !== data[0])
}

/** Rewrites the whole store: what the firmware finds, then the new record, then blank. */
function compact(
  image: Uint8Array,
  store: Varstore,
  key: VariableKey,
  record: Uint8Array,
): Result<readonly VarstoreWrite[]> {
  const kept = store.variables.filter((variable) => !isSame(variable, key))
  const records = kept.map((variable) => image.slice(variable.offset, variable.offset + variable.length))
  const fresh = new Uint8Array(store.end - store.recordsStart).fill(0xff)
  const found = fresh.length - records.reduce((sum, data) => sum + padded(data.length), 0)
  if (record.length > found) return fail('firmware-store-full', { required: record.length, found })
  let at = 0
  for (const data of [...records, record]) {
    fresh.set(data, at)
    fresh[at + recordHeader.state] = recordState.live
    at += padded(data.length)
  }
  return ok([{ offset: store.recordsStart, data: fresh }])
}

/** The record as it is first written: its state still blank. */
function recordOf(key: VariableKey, value: VariableValue, authentication: Authentication): Uint8Array {
  const name = toUcs2z(key.name)
  const out = new Uint8Array(recordHeader.length + name.length + value.data.length)
  const fields = new DataView(out.buffer)
  fields.setUint16(recordHeader.startId, recordHeader.startIdValue, true)
  fields.setUint8(recordHeader.state, recordState.blank)
  fields.setUint32(recordHeader.attributes, value.attributes, true)
  fields.setBigUint64(recordHeader.monotonicCount, authentication.monotonicCount, true)
  out.set(authentication.time.subarray(0, 16), recordHeader.time)
  fields.setUint32(recordHeader.publicKeyIndex, authentication.publicKeyIndex, true)
  fields.setUint32(recordHeader.nameSize, name.length, true)
  fields.setUint32(recordHeader.dataSize, value.data.length, true)
  out.set(guidToBytes(key.vendor), recordHeader.vendor)
  out.set(name, recordHeader.length)
  out.set(value.data, recordHeader.length + name.length)
  return out
}

function isSame(variable: StoredVariable, key: VariableKey): boolean {
  return variable.vendor === key.vendor && variable.name === key.name
}

function isEqual(old: StoredVariable, value: VariableValue): boolean {
  return (
    old.attributes === value.attributes &&
    value.authentication === undefined &&
    old.data.length === value.data.length &&
    old.data.every((byte, i) => byte === value.data[i])
  )
}

function padded(length: number): number {
  return alignUp(length, recordHeader.alignment)
}
