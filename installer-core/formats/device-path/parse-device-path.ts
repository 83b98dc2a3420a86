import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'
import {
  endSubType,
  hardDriveLength,
  mediaSubType,
  nodeType,
  signatureType,
  type DevicePath,
  type DevicePathNode,
  type DiskSignature,
  type FileNode,
} from './node.ts'

/** Reads a list of device paths that fills `data` (UEFI 2.10, 10.3); malformed when a path has no end. */
export function parseDevicePaths(data: Uint8Array, work?: Work): Result<readonly DevicePath[]> {
  return parseWith('device-path', data, readDevicePaths, work)
}

/** The same, inside the parse of something bigger. */
export function readDevicePaths(view: ByteView): readonly DevicePath[] {
  const paths: DevicePath[] = []
  for (let at = 0; at < view.length;) {
    const { path, end } = readPath(view, at)
    paths.push(path)
    at = end
  }
  return paths
}

function readPath(view: ByteView, start: number): { readonly path: DevicePath; readonly end: number } {
  const nodes: DevicePathNode[] = []
  for (let at = start; ;) {
    view.visit()
    const type = view.u8(at, 'node type')
    const subType = view.u8(at + 1, 'node subtype')
    const length = view.u16(at + 2, 'node length')
    view.require(length >= 4, 'node length', at + 2, 'at least 4', length)
    const content = view.part(at + 4, length - 4, 'node data')
    at += length
    if ((type === nodeType.end || type === nodeType.oldEnd) && subType === endSubType.entire) {
      view.require(length === 4, 'end node length', at - length + 2, 4, length)
      return { path: { nodes, endType: type }, end: at }
    }
    nodes.push(readNode(type, subType, content))
  }
}

function readNode(type: number, subType: number, content: ByteView): DevicePathNode {
  if (type === nodeType.end && subType === endSubType.instance && content.length === 0)
    return { kind: 'instance-end' }
  if (type === nodeType.media && subType === mediaSubType.file) return readFile(content)
  const isHardDrive = type === nodeType.media && subType === mediaSubType.hardDrive
  return (
    (isHardDrive ? readHardDrive(content) : null) ?? {
      kind: 'other',
      type,
      subType,
      data: content.bytes(0, content.length, 'node data'),
    }
  )
}

/** Null for a node of another length or with numbers past 2^53 - 1: such a node is kept as bytes. */
function readHardDrive(content: ByteView): DevicePathNode | null {
  const beyond = 0x200000
  if (content.length !== hardDriveLength - 4) return null
  if (content.u32(8, 'start') >= beyond || content.u32(16, 'size') >= beyond) return null
  return {
    kind: 'hard-drive',
    partitionNumber: content.u32(0, 'partition number'),
    start: content.u64(4, 'start'),
    size: content.u64(12, 'size'),
    partitionFormat: content.u8(36, 'partition format'),
    signature: readSignature(content),
  }
}

function readSignature(content: ByteView): DiskSignature {
  const type = content.u8(37, 'signature type')
  const bytes = content.bytes(20, 16, 'signature')
  if (type === signatureType.gpt) return { type: 'gpt', partitionGuid: content.guid(20, 'signature') }
  if (type === signatureType.mbr && bytes.subarray(4).every((byte) => byte === 0))
    return { type: 'mbr', diskSignature: content.u32(20, 'signature') }
  return { type: 'other', signatureType: type, bytes }
}

function readFile(content: ByteView): FileNode {
  let path = ''
  let at = 0
  for (; at + 2 <= content.length; at += 2) {
    const unit = content.u16(at, 'file path')
    if (unit === 0) break
    path += String.fromCharCode(unit)
  }
  return { kind: 'file', path, rest: content.bytes(at, content.length - at, 'file path end') }
}
