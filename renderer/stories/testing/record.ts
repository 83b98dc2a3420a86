import { writeFileSync } from 'node:fs'
import { GiB, MiB, bytes } from '../../../installer-core/base/bytes.ts'
import { buildChoices, releaseSha256 } from '../../../installer-core/check/testing/machine-builder.ts'
import type { BootVolume, Machine } from '../../../installer-core/model/machine.ts'
import type { OwnershipManifest } from '../../../installer-core/model/manifest.ts'
import type { Plan } from '../../../installer-core/model/plan.ts'
import { describePlan } from '../../../installer-core/plan/describe-plan.ts'
import { makeConfirmPlan } from '../../../installer-core/plan/make-confirm-plan.ts'
import { makeRepairPlan } from '../../../installer-core/plan/make-repair-plan.ts'
import { makeRoomPlan } from '../../../installer-core/plan/make-room-plan.ts'
import { makePlan } from '../../../installer-core/plan/make-plan.ts'
import { machineAfter } from '../../../installer-core/plan/testing/machine-after.ts'
import { stepIn } from '../../../installer-core/plan/testing/plan-for.ts'
import { describeIssue } from '../../../installer-core/text/issues.ts'
import { sha256 } from '../../store/sha256.ts'
import { releases, stage, system, variants } from './offers.ts'
import { bios, encrypted, hostile, laptop, laptopDisk, linux, linuxDisk } from './pcs.ts'

/** Writes the recorded PCs, releases and plans that the stories show: `tsx renderer/stories/testing/record.ts`. */
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
write('variants', variants)
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
