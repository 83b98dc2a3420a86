import { guidFromBytes, toHex } from '../../base/guid.ts'
import {
  mediaSubType,
  nodeType,
  type DevicePath,
  type DevicePathNode,
  type DiskSignature,
  type HardDriveNode,
  type OtherNode,
} from './node.ts'

/** A path for people, close to UEFI 2.10, 10.6.1: `HD(2,GPT,guid,0x800,0x32000)/File(\EFI\…)`; instances part with a comma. */
export function devicePathText(path: DevicePath): string {
  return path.nodes
    .map(nodeText)
    .join('/')
    .replaceAll('/,/', ',')
    .replaceAll(/^,\/|\/,$/g, ',')
}

/** One node for people. Unknown ones show type, subtype and bytes. */
export function nodeText(node: DevicePathNode): string {
  switch (node.kind) {
    case 'hard-drive':
      return hardDriveText(node)
    case 'file':
      return `File(${node.path})`
    case 'instance-end':
      return ','
    case 'other':
      return knownText(node) ?? `Path(${node.type},${node.subType},${toHex(node.data)})`
  }
}

function hardDriveText(node: HardDriveNode): string {
  const range = `${hex(node.start)},${hex(node.size)}`
  return `HD(${node.partitionNumber},${signatureText(node.signature)},${range})`
}

function signatureText(signature: DiskSignature): string {
  switch (signature.type) {
    case 'gpt':
      return `GPT,${signature.partitionGuid}`
    case 'mbr':
      return `MBR,0x${signature.diskSignature.toString(16).padStart(8, '0')}`
    case 'other':
      return `${signature.signatureType},${toHex(signature.bytes)}`
  }
}

/** Kinds of node seen in entries of real firmware: type, subtype, least length of data, text. */
const known: readonly (readonly [number, number, number, (data: DataView, bytes: Uint8Array) => string])[] = [
  [nodeType.hardware, 1, 2, (d) => `Pci(${hex(d.getUint8(1))},${hex(d.getUint8(0))})`],
  [nodeType.hardware, 4, 16, (_, b) => `VenHw(${vendorText(b)})`],
  [nodeType.acpi, 1, 8, acpiText],
  [nodeType.messaging, 2, 4, (d) => `Scsi(${d.getUint16(0, true)},${d.getUint16(2, true)})`],
  [nodeType.messaging, 5, 2, (d) => `USB(${d.getUint8(0)},${d.getUint8(1)})`],
  [nodeType.messaging, 10, 16, (_, b) => `VenMsg(${vendorText(b)})`],
  [nodeType.messaging, 11, 33, (d, b) => `MAC(${toHex(b.subarray(0, 6))},${d.getUint8(32)})`],
  [nodeType.messaging, 17, 4, (d) => `LUN(${d.getUint8(0)})`],
  [nodeType.messaging, 18, 6, (d) => `Sata(${[0, 2, 4].map((at) => d.getUint16(at, true)).join(',')})`],
  [nodeType.messaging, 23, 12, (d, b) => `NVMe(${hex(d.getUint32(0, true))},${toHex(b.subarray(4, 12))})`],
  [nodeType.messaging, 24, 0, (_, b) => `Uri(${printable(b)})`],
  [nodeType.messaging, 29, 1, (d) => `SD(${d.getUint8(0)})`],
  [nodeType.media, mediaSubType.vendor, 16, (_, b) => `VenMedia(${vendorText(b)})`],
  [nodeType.media, mediaSubType.firmwareFile, 16, (_, b) => `FvFile(${guidFromBytes(b)})`],
  [nodeType.media, mediaSubType.firmwareVolume, 16, (_, b) => `Fv(${guidFromBytes(b)})`],
  [nodeType.biosBoot, 1, 4, (d, b) => `BBS(${hex(d.getUint16(0, true))},${printable(b.subarray(4))})`],
]

function knownText(node: OtherNode): string | null {
  const entry = known.find(([type, subType]) => type === node.type && subType === node.subType)
  if (entry === undefined || node.data.length < entry[2]) return null
  const view = new DataView(node.data.buffer, node.data.byteOffset, node.data.byteLength)
  return entry[3](view, node.data)
}

function acpiText(data: DataView): string {
  const pnp = 0x41d0
  const unit = hex(data.getUint32(4, true))
  if (data.getUint16(0, true) === pnp && data.getUint16(2, true) === 0x0a03) return `PciRoot(${unit})`
  return `Acpi(${hex(data.getUint32(0, true))},${unit})`
}

function vendorText(bytes: Uint8Array): string {
  return bytes.length > 16 ? `${guidFromBytes(bytes)},${toHex(bytes.subarray(16))}` : guidFromBytes(bytes)
}

function printable(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '')).join('')
}

function hex(value: number): string {
  return `0x${value.toString(16)}`
}
