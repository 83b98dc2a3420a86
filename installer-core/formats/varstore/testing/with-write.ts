/** A write of one block in the queue: the states of the write and of its record. */
export function withWrite(image: Uint8Array, workSpace: number, write: number, record: number): Uint8Array {
  const out = image.slice()
  const fields = new DataView(out.buffer)
  const at = workSpace + 32
  out[at] = write
  fields.setBigUint64(at + 24, 1n, true)
  fields.setBigUint64(at + 32, 0n, true)
  out[at + 40] = record
  return out
}
