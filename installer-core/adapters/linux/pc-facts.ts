import { existsSync } from 'node:fs'
import { machine } from 'node:os'
import { join } from 'node:path'
import { bytes, KiB } from '../../base/bytes.ts'
import { graphicsMaker } from '../../model/graphics.ts'
import type { RawFacts } from '../../model/machine.ts'
import { safeText } from '../../probe/safe-text.ts'
import { variablesFolder, type LinuxPlaces } from './linux-places.ts'
import { isReadOnly, parseMountTable } from './mount-table.ts'
import { namesIn, readNumber, readText, realPath } from './sys-file.ts'

/** What the probe tells of a PC beside its disks and variables. */
export type LinuxPcFacts = Omit<RawFacts, 'schema' | 'firmware' | 'disks' | 'bootVolumes'>
/** What the firmware says of itself, and how far its variables can be reached. */
export type LinuxFirmwareFacts = Omit<RawFacts['firmware'], 'free' | 'variables'>

/** The PC and the running system, from sysfs, procfs and `/etc`. `elevated`: this process is root. */
export function readPcFacts(places: LinuxPlaces, elevated: boolean): LinuxPcFacts {
  const dmi = (name: string) => readText(join(places.sys, 'class/dmi/id', name)) ?? ''
  const release = fieldsOf(readText(join(places.etc, 'os-release')) ?? '')
  const locale = fieldsOf(readText(join(places.etc, 'locale.conf')) ?? '').get('LANG')
  const memory = /^MemTotal:\s+(\d+) kB/m.exec(readText(join(places.proc, 'meminfo')) ?? '')?.[1]
  return {
    source: { kind: 'linux', name: safeText(`${dmi('sys_vendor')} ${dmi('product_name')}`.trim()) },
    running: {
      os: 'linux',
      version: safeText(release.get('PRETTY_NAME') ?? release.get('NAME') ?? ''),
      locale: safeText((locale ?? 'C').replace(/\..*$/, '').replace('_', '-')),
      bootedFrom: null,
      elevated,
    },
    power: readPower(places),
    memory: bytes(Number(memory ?? 0) * KiB),
    cpu: cpuOf(machine()),
    ...readPci(places),
    tpm: readTpm(places),
    windows: null,
  }
}

/** Which firmware started this system, and whether its variables can be read and written. */
export function readFirmwareFacts(places: LinuxPlaces): LinuxFirmwareFacts {
  const dmi = (name: string) => safeText(readText(join(places.sys, 'class/dmi/id', name)) ?? '')
  const isUefi = existsSync(join(places.sys, 'firmware/efi'))
  const bits = readNumber(join(places.sys, 'firmware/efi/fw_platform_size'))
  return {
    kind: !isUefi ? 'bios' : bits === 32 ? 'uefi32' : 'uefi64',
    access: isUefi ? variableAccess(places) : 'none',
    vendor: dmi('bios_vendor'),
    model: safeText([dmi('sys_vendor'), dmi('product_name')].filter((part) => part !== '').join(' ')),
    version: dmi('bios_version'),
  }
}

function variableAccess(places: LinuxPlaces): LinuxFirmwareFacts['access'] {
  const mounts = parseMountTable(readText(join(places.proc, 'self/mountinfo')) ?? '')
  const mount = mounts.find(({ point, type }) => type === 'efivarfs' && point === variablesFolder(places))
  if (mount === undefined) return 'none'
  return isReadOnly(mount) ? 'read-only' : 'read-write'
}

/** `KEY=value` lines with optional quotes (os-release(5), locale.conf(5)). */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  const fields = text.split('\n').flatMap((line) => {
    const [, key, value] = /^([A-Z_]+)=["']?([^"']*)["']?$/.exec(line.trim()) ?? []
    return key === undefined || value === undefined ? [] : [[key, value] as const]
  })
  return new Map(fields)
}

/** Mains first; batteries of mice and the like (`scope` is `Device`) tell nothing about the PC. */
function readPower({ sys }: LinuxPlaces): LinuxPcFacts['power'] {
  const folder = join(sys, 'class/power_supply')
  const supplies = namesIn(folder).filter((name) => readText(join(folder, name, 'scope')) !== 'Device')
  const typed = (type: RegExp) =>
    supplies.filter((name) => type.test(readText(join(folder, name, 'type')) ?? ''))
  const batteries = typed(/^Battery$/)
  const isPlugged = typed(/^(Mains|USB)/).some((name) => readNumber(join(folder, name, 'online')) === 1)
  const percent = batteries
    .map((name) => readNumber(join(folder, name, 'capacity')))
    .find((one) => one !== null)
  const source = isPlugged || batteries.length === 0 ? 'ac' : 'battery'
  return { source, percent: percent === undefined ? null : Math.min(100, Math.max(0, percent)) }
}

function cpuOf(name: string): LinuxPcFacts['cpu'] {
  if (name === 'x86_64' || name === 'aarch64') return name
  return /^i[3-6]86$/.test(name) ? 'x86' : 'unknown'
}

function readTpm({ sys }: LinuxPlaces): LinuxPcFacts['tpm'] {
  const chip = join(sys, 'class/tpm/tpm0')
  const version = readNumber(join(chip, 'tpm_version_major'))
  if (version !== null) return version === 2 ? '2.0' : '1.2'
  // Kernels before 5.6 do not tell the version.
  return existsSync(chip) ? 'unknown' : null
}

const gpuNames = new Map(Object.values(graphicsMaker).map(({ pci, name }) => [pci, name]))

function pciDevices({ sys }: LinuxPlaces) {
  const folder = join(sys, 'bus/pci/devices')
  return namesIn(folder).map((name) => {
    const id = (attribute: string) => (readText(join(folder, name, attribute)) ?? '').replace(/^0x/, '')
    const driver = realPath(join(folder, name, 'driver')).replace(/^.*\//, '')
    return { kind: id('class').slice(0, 4), vendor: id('vendor'), device: id('device'), driver }
  })
}

/** Graphics (PCI class 03: screens and what computes beside them), readable by everybody. */
export function readGraphics(places: LinuxPlaces): LinuxPcFacts['gpus'] {
  return pciDevices(places)
    .filter(({ kind }) => kind.startsWith('03'))
    .map(({ vendor, device }) => safeText(`${gpuNames.get(vendor) ?? 'Graphics'} ${vendor}:${device}`))
}

/** Graphics, and how disks are plugged in (class 01: RAID 04, SATA 06, NVMe 08). */
function readPci(places: LinuxPlaces): Pick<LinuxPcFacts, 'gpus' | 'storageController'> {
  const devices = pciDevices(places)
  const has = (kind: string) => devices.some((device) => device.kind === kind)
  const storageController = devices.some(({ driver }) => driver === 'vmd')
    ? 'vmd'
    : devices.some(({ kind, vendor }) => kind === '0104' && vendor === '8086')
      ? 'rst'
      : has('0106')
        ? 'ahci'
        : has('0108')
          ? 'nvme'
          : 'unknown'
  return { gpus: readGraphics(places), storageController }
}
