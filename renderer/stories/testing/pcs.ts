import { GiB, MiB, bytes } from '../../../installer-core/base/bytes.ts'
import {
  buildMachine,
  bootEntry,
  windowsDisk,
  partitionIdOf,
  type PartitionSpec,
} from '../../../installer-core/check/testing/machine-builder.ts'
import type { Disk } from '../../../installer-core/model/disk.ts'
import type { Machine } from '../../../installer-core/model/machine.ts'
import type { SafeText } from '../../../installer-core/model/primitives.ts'
import { safeText } from '../../../installer-core/probe/safe-text.ts'

/* The PCs that the stories show. */
const text = (value: string): SafeText => value as SafeText
const names = (disk: Disk, model: string, name: string): Disk => ({
  ...disk,
  model: text(model),
  name: text(name),
  bus: 'nvme',
})
const fullEsp = { size: 100 * MiB, volume: { free: bytes(38 * MiB) } }
const roomy = { size: 474 * GiB, volume: { free: bytes(311 * GiB), shrinkLimit: bytes(210 * GiB) } }
const gpus = [text('Intel Iris Xe Graphics')]
const firmware = { vendor: text('LENOVO'), model: text('ThinkPad T14') }

export const laptopDisk = names(
  windowsDisk({ ESP: fullEsp, Windows: roomy }),
  'Samsung SSD 980 500GB',
  'PhysicalDrive0',
)
export const laptop = buildMachine({ disks: [laptopDisk], firmware, more: { gpus } })

const dataDisk = names(
  windowsDisk(
    {},
    {
      name: 'second',
      partitions: [
        {
          name: 'Photos',
          type: 'microsoftBasicData',
          size: 900 * GiB,
          volume: {
            fileSystem: 'ntfs',
            free: bytes(400 * GiB),
            shrinkLimit: bytes(520 * GiB),
            dirty: false,
            hibernated: false,
            label: text('Photos'),
          },
        },
      ],
    },
  ),
  'WDC WD10EZEX',
  'PhysicalDrive1',
)

export const encrypted = buildMachine({
  disks: [
    names(
      windowsDisk({
        ESP: fullEsp,
        Windows: {
          ...roomy,
          volume: {
            ...roomy.volume,
            fileSystem: 'bitlocker',
            bitlocker: { conversion: 'fully-encrypted', protection: 'on' },
          },
        },
      }),
      'Samsung SSD 980 500GB',
      'PhysicalDrive0',
    ),
    { ...dataDisk, bus: 'sata' },
  ],
  firmware,
  secureBoot: { state: 'off' },
  windows: { fastStartup: true },
  more: { gpus, power: { source: 'battery', percent: 64 } },
})
export const bios = buildMachine({
  disks: [laptopDisk],
  firmware: { ...firmware, kind: 'bios', bootEntries: [], bootOrder: null, bootCurrent: null },
  more: { gpus, memory: bytes(2 * GiB) },
})
const hostileName = safeText('Win\u202edows\u0007 <img src=x onerror=alert(1)> ' + 'long'.repeat(18))
export const hostile: Machine = buildMachine({
  disks: [
    names(
      windowsDisk({ ESP: fullEsp, Windows: { ...roomy, volume: { ...roomy.volume, label: hostileName } } }),
      String(safeText('Evil\u202eDisk {{t}} [x]')),
      'PhysicalDrive0',
    ),
  ],
  firmware: { ...firmware, bootEntries: [bootEntry(0, { description: hostileName })] },
})

// A Linux that fills its disk and runs from it: nothing can become smaller as long as it does.
export const linuxDisk = names(
  windowsDisk({}, { partitions: linuxPartitions() }),
  'Samsung SSD 980 500GB',
  'nvme0n1',
)
export const linux = buildMachine({
  disks: [linuxDisk],
  running: { os: 'linux', version: text('Debian GNU/Linux 13') },
  windows: null,
  firmware: {
    ...firmware,
    bootEntries: [bootEntry(0, { description: text('debian'), path: text('\\EFI\\debian\\shimx64.efi') })],
  },
  more: {
    gpus,
    installed: [],
    bootVolumes: [{ partition: partitionIdOf('ESP'), files: [], incomplete: false, manifest: null }],
  },
})
function linuxPartitions(): PartitionSpec[] {
  const esp = {
    fileSystem: 'fat32',
    free: bytes(480 * MiB),
    dirty: false,
    label: text('ESP'),
    inUse: [text('/boot/efi')],
  } as const
  const root = {
    fileSystem: 'ext4',
    size: bytes(464 * GiB),
    free: bytes(302 * GiB),
    dirty: true,
    label: text('debian'),
    inUse: [text('/')],
  } as const
  return [
    { name: 'ESP', type: 'esp', size: 512 * MiB, volume: { ...esp, inUse: [...esp.inUse] } },
    { name: 'root', type: 'linuxRootX64', size: 464 * GiB, volume: { ...root, inUse: [...root.inUse] } },
  ]
}
