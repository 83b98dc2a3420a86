import { joinBytes } from '../../base/join-bytes.ts'
import { guidToBytes } from '../../base/guid.ts'
import { toUcs2z } from '../byte-view.ts'
import {
  endSubType,
  hardDriveLength,
  mediaSubType,
  nodeType,
  signatureType,
  type DevicePath,
  type DevicePathNode,
  type DiskSignature,
  type HardDriveNode,
} from './node.ts'

/** The bytes of a list of device paths, each with its End Entire node. */
export function serialiseDevicePaths(paths: readonly DevicePath[]): Uint8Array {
  return joinBytes(
    paths.flatMap((path) => [
      ...path.nodes.map(serialiseNode),
      Uint8Array.of(path.endType, endSubType.entire, 4, 0),
    ]),
  )
}

/** The bytes of one node with its header. A node longer than 65,535 bytes is a bug of the caller. */
export function serialiseNode(node: DevicePathNode): Uint8Array {
  switch (node.kind) {
    case 'hard-drive':
      return withHeader(nodeType.media, mediaSubType.hardDrive, hardDriveData(node))
    case 'file':
      return withHeader(
        nodeType.media,
        mediaSubType.file,
        joinBytes([toUcs2z(node.path).subarray(0, 2 * node.path.length), node.rest]),
      )
    case 'instance-end':
      return withHeader(nodeType.end, endSubType.instance, new Uint8Array())
    case 'other':
      return withHeader(node.type, node.subType, node.data)
  }
}

function hardDriveData(node: HardDriveNode): Uint8Array {
  const out = new Uint8Array(hardDriveLength - 4)
  const fields = new DataView(out.buffer)
  fields.setUint32(0, node.partitionNumber, true)
  fields.setBigUint64(4, BigInt(node.start), true)
  fields.setBigUint64(12, BigInt(node.size), true)
  const signature = signatureBytes(node.signature)
  out.set(signature.bytes, 20)
  out[36] = node.partitionFormat
  out[37] = signature.type
  return out
}

function signatureBytes(signature: DiskSignature): { readonly type: number; readonly bytes: Uint8Array } {
  switch (signature.type) {
    case 'gpt':
      return { type: signatureType.gpt, bytes: guidToBytes(signature.partitionGuid) }
    case 'mbr': {
      const bytes = new Uint8Array(16)
      new DataView(bytes.buffer).setUint32(0, signature.diskSignature, true)
      return { type: signatureType.mbr, bytes }
    }
    case 'other':
      return { type: signature.signatureType, bytes: signature.bytes }
  }
}

function withHeader(type: number, subType: number, data: Uint8Array): Uint8Array {
  const length = data.length + 4
  if (length > 0xffff) throw new RangeError(`device path node of ${length} bytes`)
  return joinBytes([Uint8Array.of(type, subType, length & 0xff, length >> 8), data])
}
