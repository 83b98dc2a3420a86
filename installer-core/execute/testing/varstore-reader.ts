import { guidAt } from './gpt-reader.ts'

/** A second, tiny reader of OVMF's variable store: live variables by `guid/name`. */
export function readVarstore(store: Buffer): ReadonlyMap<string, Buffer> {
  const live = new Map<string, Buffer>()
  const leaving = new Map<string, Buffer>()
  const headerLength = store.readUInt16LE(0x30)
  const end = headerLength + store.readUInt32LE(headerLength + 16)
  for (let at = headerLength + 28; at + 60 <= end && store.readUInt16LE(at) === 0x55aa;) {
    const state = store.readUInt8(at + 2)
    const nameSize = store.readUInt32LE(at + 36)
    const dataSize = store.readUInt32LE(at + 40)
    const name = store.toString('utf16le', at + 60, at + 60 + nameSize).replace(/\0+$/, '')
    const data = Buffer.from(store.subarray(at + 60 + nameSize, at + 60 + nameSize + dataSize))
    const key = `${guidAt(store, at + 44)}/${name}`
    if (state === 0x3f) live.set(key, data)
    if (state === 0x3e) leaving.set(key, data)
    at = (at + 60 + nameSize + dataSize + 3) & ~3
  }
  return new Map([...leaving, ...live])
}
