import { fromHex, toHex } from '../base/guid.ts'
import { devicePathText } from '../formats/device-path/device-path-text.ts'
import { parseLoadOption, serialiseLoadOption, type LoadOption } from '../formats/load-option/load-option.ts'
import type { Disk } from '../model/disk.ts'
import type { BootEntry, BootVolume, Machine } from '../model/machine.ts'
import { devicePathLimit } from './boot-entries.ts'
import { redactText } from './redact-text.ts'
import { macAddressesOf, redactDevicePath } from './redact-device-path.ts'
import { safeText } from './safe-text.ts'

/**
 * The machine without what points at a person: serial numbers, MAC and other hardware addresses (also inside boot
 * entries, whose lengths stay), names of home folders. Everything a plan is made from stays as it is, so that the plan
 * of a redacted machine is the plan of the machine. Redacting twice changes nothing more.
 */
export function redactMachine(machine: Machine): Machine {
  const serials = machine.disks.flatMap(({ serial }) => (serial === null ? [] : [serial.trim()]))
  const { firmware } = machine
  return {
    ...machine,
    source: { ...machine.source, name: redactText(machine.source.name, serials) },
    disks: machine.disks.map((disk) => redactDisk(disk, serials)),
    firmware: {
      ...firmware,
      bootEntries: firmware.bootEntries.map((entry) => redactEntry(entry, serials)),
    },
    bootVolumes: machine.bootVolumes.map((volume) => redactVolume(volume, serials)),
    installed: machine.installed.map((system) => ({ ...system, name: redactText(system.name, serials) })),
  }
}

/** Of a volume's texts only what a failed start said is not Berth's own. */
function redactVolume(volume: BootVolume, serials: readonly string[]): BootVolume {
  const { failedStart } = volume
  if (failedStart === undefined) return volume
  const lines = failedStart.split('\n').map((line) => redactText(line, serials))
  return { ...volume, failedStart: lines.join('\n') }
}

function redactDisk(disk: Disk, serials: readonly string[]): Disk {
  return {
    ...disk,
    serial: null,
    name: redactText(disk.name, serials),
    model: redactText(disk.model, serials),
    partitions: disk.partitions.map((partition) => ({
      ...partition,
      volume: {
        ...partition.volume,
        inUse: partition.volume.inUse.map((use) => redactText(use, serials)),
      },
    })),
  }
}

function redactEntry(entry: BootEntry, serials: readonly string[]): BootEntry {
  const parsed = parseLoadOption(fromHex(entry.data))
  if (!parsed.ok) return { ...entry, description: redactText(entry.description, serials) }
  const option = redactOption(parsed.value, serials)
  const [first] = option.paths
  return {
    ...entry,
    description: redactText(entry.description, serials),
    devicePath: first === undefined ? entry.devicePath : safeText(devicePathText(first), devicePathLimit),
    optionalData: toHex(option.optionalData),
    data: toHex(serialiseLoadOption(option)),
  }
}

function redactOption(option: LoadOption, serials: readonly string[]): LoadOption {
  const addresses = option.paths.flatMap(macAddressesOf)
  return {
    ...option,
    description: redactText(option.description, serials),
    paths: option.paths.map(redactDevicePath),
    optionalData: addresses.reduce(blank, option.optionalData),
  }
}

/** `data` with every occurrence of `secret` set to zero. */
function blank(data: Uint8Array, secret: Uint8Array): Uint8Array {
  const out = data.slice()
  for (let at = 0; at + secret.length <= out.length; at += 1)
    if (secret.every((byte, i) => out[at + i] === byte)) out.fill(0, at, at + secret.length)
  return out
}
