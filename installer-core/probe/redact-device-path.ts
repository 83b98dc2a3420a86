import {
  nodeType,
  type DevicePath,
  type DevicePathNode,
  type OtherNode,
} from '../formats/device-path/node.ts'

const vendorNodes: readonly (readonly [number, number])[] = [
  [nodeType.hardware, 4],
  [nodeType.messaging, 10],
  [nodeType.media, 3],
]
const vendorGuid = 16
/** NVMe: the namespace number stays, the EUI-64 goes. */
const nvme = { subType: 23, kept: 4 } as const
/**
 * Messaging nodes whose whole content names a device, a network or an address (UEFI 2.10, 10.3.4): Fibre Channel,
 * InfiniBand, MAC, IPv4, IPv6, USB WWID, iSCSI, Fibre Channel Ex, SAS Ex, URI, Bluetooth, Wi-Fi, Bluetooth LE, DNS,
 * NVDIMM, REST service, NVMe over fabrics.
 */
const personalSubTypes = [3, 9, 11, 12, 13, 16, 19, 21, 22, 24, 27, 28, 30, 31, 32, 33, 34]

/** How many bytes at the start of a node's data may stay; null: all of them. */
function keptBytes({ type, subType }: OtherNode): number | null {
  if (vendorNodes.some(([t, s]) => t === type && s === subType)) return vendorGuid
  if (type !== nodeType.messaging) return null
  if (subType === nvme.subType) return nvme.kept
  return personalSubTypes.includes(subType) ? 0 : null
}

/** The path with serial numbers and addresses of hardware and network set to zero; lengths stay. */
export function redactDevicePath(path: DevicePath): DevicePath {
  return { ...path, nodes: path.nodes.map(redactNode) }
}

function redactNode(node: DevicePathNode): DevicePathNode {
  const kept = node.kind === 'other' ? keptBytes(node) : null
  if (node.kind !== 'other' || kept === null) return node
  return { ...node, data: node.data.map((byte, i) => (i < kept ? byte : 0)) }
}

/** The MAC addresses that a path names, six bytes each. */
export function macAddressesOf(path: DevicePath): readonly Uint8Array[] {
  return path.nodes.flatMap((node) =>
    node.kind === 'other' && node.type === nodeType.messaging && node.subType === 11 && node.data.length >= 6
      ? [node.data.slice(0, 6)]
      : [],
  )
}
