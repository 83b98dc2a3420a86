import { guid, guidToBytes } from '../../base/guid.ts'
import { parseVarstore } from './parse-varstore.ts'

/** gEdkiiWorkingBlockSignatureGuid: marks the work space of EDK II's fault-tolerant writes, behind the variable store. */
const workSpace = guid('9e58292b-7c68-497d-a0ce-6500fd9f1b95')
/** EFI_FAULT_TOLERANT_WORKING_BLOCK_HEADER: signature, CRC-32, state, size of the queue behind it. */
const workHeader = { length: 32, queueSize: 24 } as const
/** EFI_FAULT_TOLERANT_WRITE_HEADER and, after it, its records of the same length with their private data. */
const writeHeader = { length: 40, writes: 24, privateSize: 32 } as const
/** Bits of their first bytes; like all state in flash memory they are cleared when what they say has happened. */
const bit = { allocated: 0x01, complete: 0x04, spareComplete: 0x02, destinationComplete: 0x04 } as const

/**
 * True when a cut has left a write of the firmware's own half done: the new content lies in the spare blocks, and the
 * firmware will put it over the store at its next start, with everything that was written there meanwhile. False for a
 * store without a work space. Never throws.
 */
export function hasPendingWrite(image: Uint8Array): boolean {
  const store = parseVarstore(image)
  const start = store.ok ? findWorkSpace(image, store.value.end) : null
  if (start === null) return false
  const fields = new DataView(image.buffer, image.byteOffset, image.length)
  const queue = start + workHeader.length
  const end = Math.min(image.length, queue + u64(fields, start + workHeader.queueSize))
  for (let at = queue; at + writeHeader.length <= end;) {
    const state = fields.getUint8(at)
    if (state & bit.allocated) return false
    const writes = u64(fields, at + writeHeader.writes)
    const step = writeHeader.length + u64(fields, at + writeHeader.privateSize)
    const next = at + writeHeader.length + writes * step
    if (next > end) return (state & bit.complete) !== 0
    const records = Array.from({ length: writes }, (_, n) =>
      fields.getUint8(at + writeHeader.length + n * step),
    )
    const isHalfDone = (record: number) =>
      !(record & bit.spareComplete) && (record & bit.destinationComplete) !== 0
    if (state & bit.complete && records.some(isHalfDone)) return true
    at = next
  }
  return false
}

/** The work space begins at the start of a block. */
function findWorkSpace(image: Uint8Array, from: number): number | null {
  const block = 0x1000
  const signature = guidToBytes(workSpace)
  for (let at = Math.ceil(from / block) * block; at + workHeader.length <= image.length; at += block)
    if (signature.every((byte, i) => image[at + i] === byte)) return at
  return null
}

/** Sizes beyond what a number holds are larger than any image. */
function u64(fields: DataView, at: number): number {
  return Number(fields.getBigUint64(at, true))
}
