import fc from 'fast-check'
import { guidFromBytes } from '../../../base/guid.ts'
import type { DevicePath, DevicePathNode, DiskSignature } from '../node.ts'

const u32 = fc.nat(0xffffffff)
const block = fc.nat({ max: Number.MAX_SAFE_INTEGER })
const bytes16 = fc.uint8Array({ minLength: 16, maxLength: 16 })

const signature: fc.Arbitrary<DiskSignature> = fc.oneof(
  bytes16.map((bytes): DiskSignature => ({ type: 'gpt', partitionGuid: guidFromBytes(bytes) })),
  u32.map((diskSignature): DiskSignature => ({ type: 'mbr', diskSignature })),
  bytes16.map((bytes): DiskSignature => ({ type: 'other', signatureType: 0, bytes })),
)

const node: fc.Arbitrary<DevicePathNode> = fc.oneof(
  fc.record({
    kind: fc.constant('hard-drive' as const),
    partitionNumber: u32,
    start: block,
    size: block,
    partitionFormat: fc.constantFrom(1, 2),
    signature,
  }),
  fc.record({
    kind: fc.constant('file' as const),
    path: fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('\0', '')),
    rest: fc.constant(new Uint8Array(2)),
  }),
  fc.constant({ kind: 'instance-end' as const }),
  fc.record({
    kind: fc.constant('other' as const),
    type: fc.constantFrom(1, 2, 3, 5, 0x20),
    subType: fc.nat(0xff),
    data: fc.uint8Array({ maxLength: 40 }),
  }),
)

/** Any device path that Berth can hold. */
export const arbitraryPath: fc.Arbitrary<DevicePath> = fc.record({
  nodes: fc.array(node, { maxLength: 6 }),
  endType: fc.constant(0x7f as const),
})
