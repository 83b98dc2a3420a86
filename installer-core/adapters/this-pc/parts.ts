import { getDiskInfoSync } from 'node-disk-info'
import {
  battery,
  blockDevices,
  cpu,
  diskLayout,
  fsSize,
  graphics,
  mem,
  osInfo,
  system,
} from 'systeminformation'
import { bytes } from '../../base/bytes.ts'
import type { ThisPc } from '../../model/this-pc.ts'
import { safeText } from '../../probe/safe-text.ts'

/** The parts of the description that are read one by one: each may fail for itself. */
export type ThisPcParts = Pick<
  ThisPc,
  'os' | 'computer' | 'cpu' | 'memory' | 'gpus' | 'firmware' | 'power' | 'disks' | 'volumes' | 'mounts'
>

type Readers = { readonly [P in keyof ThisPcParts]: () => Promise<ThisPcParts[P]> }

/** Reads each part with the packages that people know from elsewhere; what they err in is said in the decision record. */
export const readers: Readers = {
  os: async () => {
    const { platform, distro, release } = await osInfo()
    const kind = platform === 'Windows' ? 'windows' : platform === 'linux' ? 'linux' : 'other'
    return { kind, name: safeText(distro), version: safeText(release) }
  },
  computer: async () => {
    const { manufacturer, model } = await system()
    return { vendor: safeText(manufacturer), model: safeText(model) }
  },
  cpu: async () => {
    const { manufacturer, brand, cores } = await cpu()
    return { name: safeText(`${manufacturer} ${brand}`.trim()), cores: whole(cores) }
  },
  memory: async () => whole((await mem()).total),
  gpus: async () => {
    const { controllers } = await graphics()
    return controllers.map(({ vendor, model }) => safeText(`${vendor} ${model}`.trim()))
  },
  firmware: async () => {
    const { uefi } = await osInfo()
    return uefi === null || uefi === undefined ? 'unknown' : uefi ? 'uefi' : 'bios'
  },
  power: readPower,
  disks: readDisks,
  volumes: async () => {
    const told = await fsSize()
    return told.length > 0 ? told.map(volumeOf) : volumesFromDiskInfo()
  },
  mounts: readMounts,
}

export async function readPower(): Promise<ThisPc['power']> {
  const { hasBattery, acConnected, percent } = await battery()
  if (!hasBattery) return { source: acConnected ? 'ac' : 'unknown', percent: null }
  const known = Number.isFinite(percent) ? Math.min(100, Math.max(0, percent)) : null
  return { source: acConnected ? 'ac' : 'battery', percent: known }
}

async function readDisks(): Promise<ThisPc['disks']> {
  const layout = await diskLayout()
  if (layout.length > 0)
    return layout.filter(isPresent).map(({ device, vendor, name, size, type, interfaceType }) => ({
      name: safeText(device),
      model: safeText(`${vendor} ${name}`.trim()),
      size: whole(size),
      kind: /ssd|nvme/i.test(type) ? 'ssd' : /hd/i.test(type) ? 'hdd' : 'unknown',
      bus: safeText(interfaceType),
    }))
  const devices = await blockDevices()
  return devices
    .filter((device) => device.type === 'disk' && isPresent(device))
    .map(({ name, model, size, physical }) => ({
      name: safeText(name),
      model: safeText(model),
      size: whole(size),
      kind: /ssd/i.test(physical) ? 'ssd' : /hdd/i.test(physical) ? 'hdd' : 'unknown',
      bus: safeText(''),
    }))
}

function volumeOf({ mount, type, size, used }: Awaited<ReturnType<typeof fsSize>>[number]) {
  return {
    mount: safeText(mount),
    fileSystem: safeText(type),
    size: whole(size),
    used: whole(Math.min(used, size)),
  }
}

/** Two packages, two answers: both are told, for a report that compares them with what Berth reads itself. */
async function readMounts(): Promise<ThisPc['mounts']> {
  const told = await fsSize()
  return [
    ...told.map(({ fs, mount, type }) => ({
      source: 'systeminformation' as const,
      device: safeText(fs),
      mount: safeText(mount),
      fileSystem: safeText(type),
    })),
    ...getDiskInfoSync().map(({ filesystem, mounted }) => ({
      source: 'node-disk-info' as const,
      device: safeText(filesystem),
      mount: safeText(mounted),
      fileSystem: null,
    })),
  ]
}

/** Blocks of 1 KiB on Linux, bytes on Windows; mount points with spaces come back cut. */
function volumesFromDiskInfo(): ThisPc['volumes'] {
  const unit = process.platform === 'win32' ? 1 : 1024
  return getDiskInfoSync().map(({ filesystem, mounted, blocks, used }) => ({
    mount: safeText(mounted),
    fileSystem: safeText(filesystem),
    size: whole(blocks * unit),
    used: whole(Math.min(used, blocks) * unit),
  }))
}

/** What is no number is 0: the packages say so for what they do not know. */
function whole(value: number) {
  return bytes(Number.isFinite(value) && value > 0 ? Math.floor(value) : 0)
}

function isPresent({ size }: { readonly size: number }): boolean {
  return size > 0
}
