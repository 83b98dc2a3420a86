import { writeFileSync } from 'node:fs'
import { GiB, MiB, bytes } from '../../../installer-core/base/bytes.ts'
import {
  buildMachine,
  buildChoices,
  buildRelease,
  bootEntry,
  releaseSha256,
  windowsDisk,
  partitionIdOf,
  type PartitionSpec,
} from '../../../installer-core/check/testing/machine-builder.ts'
import type { Disk } from '../../../installer-core/model/disk.ts'
import type { BootVolume, Machine } from '../../../installer-core/model/machine.ts'
import type { OwnershipManifest } from '../../../installer-core/model/manifest.ts'
import type { Plan } from '../../../installer-core/model/plan.ts'
import type { ReleaseId, SafeText } from '../../../installer-core/model/primitives.ts'
import { describePlan } from '../../../installer-core/plan/describe-plan.ts'
import { stageFolder } from '../../../installer-core/model/stage.ts'
import { makeConfirmPlan } from '../../../installer-core/plan/make-confirm-plan.ts'
import { makeRepairPlan } from '../../../installer-core/plan/make-repair-plan.ts'
import { makeRoomPlan } from '../../../installer-core/plan/make-room-plan.ts'
import { makePlan } from '../../../installer-core/plan/make-plan.ts'
import { machineAfter } from '../../../installer-core/plan/testing/machine-after.ts'
import { stepIn } from '../../../installer-core/plan/testing/plan-for.ts'
import { safeText } from '../../../installer-core/probe/safe-text.ts'
import { describeIssue } from '../../../installer-core/text/issues.ts'
import { sha256 } from '../../store/sha256.ts'

/** Writes the recorded PCs, releases and plans that the stories show: `tsx renderer/stories/testing/record.ts`. */
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

const laptopDisk = names(
  windowsDisk({ ESP: fullEsp, Windows: roomy }),
  'Samsung SSD 980 500GB',
  'PhysicalDrive0',
)
const laptop = buildMachine({ disks: [laptopDisk], firmware, more: { gpus } })

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

const encrypted = buildMachine({
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
const bios = buildMachine({
  disks: [laptopDisk],
  firmware: { ...firmware, kind: 'bios', bootEntries: [], bootOrder: null, bootCurrent: null },
  more: { gpus, memory: bytes(2 * GiB) },
})
const hostileName = safeText('Win\u202edows\u0007 <img src=x onerror=alert(1)> ' + 'long'.repeat(18))
const hostile: Machine = buildMachine({
  disks: [
    names(
      windowsDisk({ ESP: fullEsp, Windows: { ...roomy, volume: { ...roomy.volume, label: hostileName } } }),
      String(safeText('Evil\u202eDisk {{t}} [x]')),
      'PhysicalDrive0',
    ),
  ],
  firmware: { ...firmware, bootEntries: [bootEntry(0, { description: hostileName })] },
})

const system = buildRelease({
  id: 'berth-desktop-2026.11.1-x86_64' as ReleaseId,
  name: 'Berth Desktop',
  needs: {
    bootSpace: bytes(1 * GiB),
    reserve: bytes(64 * MiB),
    memory: { required: bytes(4 * GiB), recommended: bytes(8 * GiB) },
    firmware: ['uefi64'],
    data: {
      typeGuid: '0fc63daf-8483-4772-8e79-3d69d8477de4',
      minimum: bytes(12 * GiB),
      recommended: bytes(32 * GiB),
    },
  },
  firstStart: {
    takes: ['language', 'keymap', 'timezone', 'hostname', 'user', 'full-name', 'password-hash'],
  },
  practiceOnly: false,
})
const minimal = buildRelease({ name: 'Minimal Linux' })
const arm = buildRelease({
  id: 'berth-arm-2026.11.1-aarch64' as ReleaseId,
  name: 'Berth Desktop for ARM',
  architecture: 'aarch64',
  practiceOnly: false,
})
const stage = buildRelease({
  id: 'stage-1.0.0-x86_64' as ReleaseId,
  name: 'Berth offline stage 1.0.0',
  loader: `${stageFolder}/stage.efi`,
  files: [
    {
      source: 'stage.efi',
      path: `${stageFolder}/stage.efi`,
      size: bytes(66 * MiB),
      sha256: 'cd'.repeat(32),
    },
  ],
  practiceOnly: false,
})

// A Linux that fills its disk and runs from it: nothing can become smaller as long as it does.
const linuxDisk = names(
  windowsDisk({}, { partitions: linuxPartitions() }),
  'Samsung SSD 980 500GB',
  'nvme0n1',
)
const linux = buildMachine({
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
const [espPart, rootPart] = linuxDisk.partitions
if (espPart === undefined || rootPart === undefined) throw new Error('no partitions')
const roomPlan = makeRoomPlan(
  linux,
  {
    volume: { disk: linuxDisk, partition: rootPart },
    boot: { disk: linuxDisk, partition: espPart },
    to: bytes(rootPart.size - 33 * GiB),
    storeBytes: bytes(41 * MiB),
  },
  { manifest: stage, sha256: releaseSha256 },
  [],
  sha256,
)

// A picture of four pixels: what is drawn is the browser's business.
const picture = {
  address:
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEUlEQVR42mOQC8iz6VnAAKEAHLoEic1jDNIAAAAASUVORK5CYII=',
  alt: 'The desktop with its panel and an open folder',
}
const offer = (missing: number, about: string) => ({ channel: 'stable', missing, about, picture })
const listed = (manifest: typeof system, size: number) => ({
  id: manifest.id,
  manifest,
  sha256: releaseSha256,
  signer: { name: 'berth-release-2026', practiceOnly: manifest.practiceOnly },
  size,
  offer: null,
  failure: null,
})
const releases = [
  {
    ...listed(system, 496 * MiB),
    offer: offer(496 * MiB, 'A desktop with browser, files and office, ready in seconds.'),
  },
  listed(minimal, 12 * MiB),
  { ...listed(arm, 480 * MiB), offer: offer(0, 'The same desktop for ARM.') },
  listed(stage, 66 * MiB),
]

const choices = buildChoices()
const made = makePlan(laptop, choices, system, releaseSha256, sha256)
if (made.plan === null) throw new Error(`no plan: ${JSON.stringify(made.issues)}`)
const trial = machineAfter(laptop, made.plan)
const manifest = {
  schema: 'berth/manifest/1' as const,
  plan: made.plan,
  before: { bootOrder: [0], bootNext: null, disks: [laptopDisk], bootVolumeFree: null },
}
const confirm = makeConfirmPlan(trial, manifest, 'present', sha256)

const whole = {
  ...trial,
  berth: {
    ...(trial.berth as Extract<Machine['berth'], { entry: unknown }>),
    state: 'damaged',
    armed: false,
  },
  firmware: { ...trial.firmware, bootEntries: laptop.firmware.bootEntries },
  bootVolumes: [...trial.bootVolumes, bootVolumeOf(made.plan, manifest)],
} as Machine
const repair = makeRepairPlan({ machine: whole, manifest, confirmedAs: 'present', release: null }, sha256)

write('laptop', laptop)
write('encrypted', encrypted)
write('bios', bios)
write('hostile', hostile)
write('trial', trial)
write('releases', releases)
write('linux', linux)
write('room-plan', {
  plan: roomPlan.plan,
  issues: [],
  description: roomPlan.plan === null ? [] : describePlan(roomPlan.plan, linux),
  space: null,
})
write('install-plan', {
  plan: made.plan,
  issues: [],
  description: describePlan(made.plan, laptop),
  space: null,
})
write('repair-plan', {
  plan: repair.plan,
  issues: repair.issues.map((issue) => ({ ...issue, ...describeIssue(issue) })),
  description: repair.plan === null ? [] : describePlan(repair.plan, whole),
  space: null,
})
write('confirm-plan', {
  plan: confirm.plan,
  issues: [],
  description: confirm.plan === null ? [] : describePlan(confirm.plan, trial),
  space: null,
})

/** The boot volume as the installation leaves it. */
function bootVolumeOf(plan: Plan, record: OwnershipManifest): BootVolume {
  const written = stepIn(plan, 'write-files')
  const files = written.files.map((file) => ({ path: file.path, size: file.size, sha256: file.sha256 }))
  const markers = written.markers.map(({ path, data }) => ({
    path,
    size: bytes(data.length / 2),
    sha256: null,
  }))
  return {
    partition: written.target.partition,
    files: [...files, ...markers],
    incomplete: false,
    manifest: JSON.stringify(record),
  }
}

function write(name: string, value: unknown): void {
  writeFileSync(new URL(`../recorded/${name}.json`, import.meta.url), `${JSON.stringify(value, null, 1)}\n`)
}

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
