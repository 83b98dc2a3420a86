import type { Disk } from '../../model/disk.ts'

/** How a disk is plugged in; values of `pc.json`. */
export type DiskBus = Disk['bus']

/** A disk image as a device of the guest. */
export interface GuestDisk {
  readonly file: string
  readonly bus: DiskBus
  readonly sectorSize: 512 | 4096
  readonly serial: string
  /** Its changes are thrown away when the guest ends. */
  readonly throwAway?: boolean
}

/** A PC as QEMU starts it. */
export interface GuestMachine {
  readonly accelerator: Accelerator
  /** The firmware's code; null: the machine's own BIOS. */
  readonly firmwareCode: string | null
  /** A copy of the variable store that the guest may write; null on a BIOS PC. */
  readonly variables: string | null
  readonly disks: readonly GuestDisk[]
  readonly memoryMiB: number
  /** Nothing to look at, a display that can be photographed, one that takes keys and a pointer as well, or a window. */
  readonly display: 'none' | 'hidden' | 'live' | 'window'
  /** Files handed to the guest as `opt/berth/<name>` (QEMU's fw_cfg). */
  readonly handOver: Readonly<Record<string, string>>
  /** A port of 127.0.0.1 here that leads to the same port of the guest, which has a network card for that and nothing else. */
  readonly reach?: number
  /** The control socket of a TPM 2.0 that a program of this computer plays (swtpm(8)); the PC has none when absent. */
  readonly tpm?: string
  /** An EFI program or kernel that firmware starts instead of looking for one. */
  readonly startDirectly?: string
}

export type Accelerator = 'kvm' | 'tcg'

/** Paths of the guest's channels: the FIFOs of its serial port without `.in` and `.out`, and its control socket. */
export interface GuestChannels {
  readonly serial: string
  readonly control: string
}

/**
 * Without CMPXCHG16B: QEMU 7.2's emulation of it leaves wrong flags behind, and an interrupt right after it then saves
 * and restores them: Linux dies early in its start, about one start in ten on a busy host.
 */
const emulated = 'max,cx16=off'

/**
 * One processor: Linux rewrites its own instructions while it starts, with a breakpoint in the place for as long as that
 * takes. QEMU's emulation may let another processor run into such a breakpoint after it has gone, and Linux then dies
 * (`Oops: int3`), about one start in twenty on a busy host.
 */
const processors = { kvm: 2, tcg: 1 } as const

/** QEMU's argument list. The guest's restart ends QEMU, so that whoever runs it sees every start for itself. */
export function qemuArguments(machine: GuestMachine, channels: GuestChannels): readonly string[] {
  return [
    ...['-name', 'berth-practice', '-machine', 'q35', '-nodefaults', '-no-user-config', '-no-reboot'],
    ...(machine.accelerator === 'kvm'
      ? ['-accel', 'kvm', '-cpu', 'host']
      : ['-accel', 'tcg', '-cpu', emulated]),
    ...['-m', String(machine.memoryMiB), '-smp', String(processors[machine.accelerator])],
    ...firmware(machine),
    ...['-chardev', `pipe,id=serial,path=${escaped(channels.serial)}`, '-serial', 'chardev:serial'],
    ...['-chardev', `socket,id=control,path=${escaped(channels.control)}`],
    ...['-mon', 'chardev=control,mode=control'],
    ...machine.disks.flatMap(disk),
    ...display(machine.display),
    ...Object.entries(machine.handOver).flatMap(([name, file]) => [
      '-fw_cfg',
      `name=opt/berth/${name},file=${escaped(file)}`,
    ]),
    ...network(machine.reach),
    ...trustedModule(machine.tpm),
    ...(machine.startDirectly === undefined ? [] : ['-kernel', machine.startDirectly]),
  ]
}

function firmware({ firmwareCode, variables }: GuestMachine): string[] {
  if (firmwareCode === null || variables === null) return []
  return [
    '-drive',
    `if=pflash,format=raw,unit=0,readonly=on,file=${escaped(firmwareCode)}`,
    '-drive',
    `if=pflash,format=raw,unit=1,file=${escaped(variables)}`,
  ]
}

function disk(guestDisk: GuestDisk, index: number): string[] {
  const { file, serial, sectorSize } = guestDisk
  const throwAway = guestDisk.throwAway === true ? ',snapshot=on' : ''
  const sectors = `logical_block_size=${sectorSize},physical_block_size=${Math.max(sectorSize, 512)}`
  const drive = `drive=disk${index},serial=${escaped(serial)}`
  const device = {
    nvme: [`nvme,${drive},${sectors}`],
    sata: [`ide-hd,${drive},bus=ide.${index}`],
    usb: [`qemu-xhci,id=usb${index}`, `usb-storage,${drive},bus=usb${index}.0,${sectors}`],
    virtio: [`virtio-blk-pci,${drive},${sectors}`],
  }[attachment(guestDisk)]
  return [
    '-drive',
    `file=${escaped(file)},format=raw,if=none,id=disk${index},cache=unsafe,discard=unmap${throwAway}`,
    ...device.flatMap((description) => ['-device', description]),
  ]
}

function network(port: number | undefined): string[] {
  if (port === undefined) return []
  const way = `hostfwd=tcp:127.0.0.1:${port}-10.0.2.15:${port}`
  // Nothing to start from: the card has no ROM.
  return [
    ...['-netdev', `user,id=network,restrict=on,ipv6=off,${way}`],
    ...['-device', 'virtio-net-pci,netdev=network,romfile='],
  ]
}

function trustedModule(socket: string | undefined): string[] {
  if (socket === undefined) return []
  return [
    ...['-chardev', `socket,id=tpm,path=${escaped(socket)}`],
    ...['-tpmdev', 'emulator,id=tpm,chardev=tpm', '-device', 'tpm-crb,tpmdev=tpm'],
  ]
}

/** QEMU's SATA disks have sectors of 512 bytes only; buses that OVMF does not know become virtio. */
function attachment({ bus, sectorSize }: GuestDisk): 'nvme' | 'sata' | 'usb' | 'virtio' {
  switch (bus) {
    case 'nvme':
    case 'usb':
      return bus
    case 'sata':
      return sectorSize === 512 ? 'sata' : 'virtio'
    case 'virtio':
    case 'mmc':
    case 'scsi':
    case 'raid':
    case 'unknown':
      return 'virtio'
  }
}

function display(kind: GuestMachine['display']): string[] {
  switch (kind) {
    case 'none':
      return ['-display', 'none']
    case 'hidden':
      return ['-display', 'none', '-device', 'VGA']
    case 'live':
      return [
        ...display('hidden'),
        ...['-device', 'qemu-xhci,id=input'],
        ...['-device', 'usb-kbd,bus=input.0', '-device', 'usb-tablet,bus=input.0'],
      ]
    case 'window':
      return [
        '-display',
        'gtk',
        '-device',
        'VGA',
        '-device',
        'qemu-xhci,id=input',
        '-device',
        'usb-kbd,bus=input.0',
      ]
  }
}

/** QEMU's option syntax ends a value at a comma unless it is doubled. */
function escaped(value: string): string {
  return value.replaceAll(',', ',,')
}
