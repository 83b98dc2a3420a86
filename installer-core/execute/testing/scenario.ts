import { bytes, lba, MiB } from '../../base/bytes.ts'
import { guid, toHex } from '../../base/guid.ts'
import { ok } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { shortFormPath } from '../../formats/device-path/short-form.ts'
import { loadOptionAttribute, serialiseLoadOption } from '../../formats/load-option/load-option.ts'
import { manifestPath, type OwnershipManifest } from '../../model/manifest.ts'
import type { PartitionIdentity, Plan, PlannedStep } from '../../model/plan.ts'
import type { OpenRelease } from '../../ports/release-source.ts'
import { sourceOf } from '../../steps/byte-sources.ts'
import { manifestWith } from '../../steps/testing/step-tools.ts'
import { digest } from './firmware-rules.ts'
import { diskGuid, espGuid, pattern, windowsGuid, type PcShape } from './make-world.ts'

/** One way to install on one kind of PC. */
export interface Scenario {
  readonly name: string
  readonly shape: PcShape
  readonly where: 'esp' | 'gap' | 'shrink'
  /** Size of the new partition, in MiB. */
  readonly room: number
  /** The entry is listed in BootOrder during the trial. */
  readonly listInOrder: boolean
  /** Something is written for the first start, a password hash among it. */
  readonly credentials?: true
}

export const ownGuid = guid('bbbbbbbb-0004-4000-8000-000000000004')
export const ownEntry = 1
/** Under which number harm puts a copy of our entry. */
export const copyEntry = 2
export const nonce = '00112233445566778899aabbccddeeff'
export const releaseName = 'cut-1-x86_64'
export const loaderPath = '/EFI/Linux/berth-cut-1.efi'

/** The cut-test release: 256 KiB in two files. */
export const releaseFiles: Readonly<Record<string, Buffer>> = {
  [loaderPath]: pattern(11, 200 * 1024),
  '/berth/cut/root.img': pattern(12, 56 * 1024),
}

export const cutRelease: OpenRelease = {
  manifest: {} as never,
  sha256: 'e'.repeat(64),
  signer: { name: 'test', practiceOnly: true },
  openFile: async (file) => ok(sourceOf(releaseFiles[file.path]!)),
}

export function installPlan(scenario: Scenario): Plan {
  const target = targetOf(scenario)
  const steps: PlannedStep[] = [
    ...roomSteps(scenario, target),
    {
      kind: 'write-files',
      target,
      release: releaseName as never,
      files: Object.entries(releaseFiles).map(([path, data], i) => ({
        source: `file${i}`,
        path,
        size: bytes(data.length),
        sha256: digest(data),
      })),
      markers: [{ path: '/loader/entries.srel', data: toHex(Buffer.from('type1\n')) }],
      totalBytes: bytes(Object.values(releaseFiles).reduce((sum, data) => sum + data.length, 0)),
    },
    ...(scenario.credentials === true ? [credentialStep(target)] : []),
    entryStep(scenario, target),
    {
      kind: 'arm-trial',
      entry: ownEntry,
      release: releaseName as never,
      nonce,
      listInOrder: scenario.listInOrder,
    },
  ]
  return planWith('install', steps)
}

/** What is written for the first start. */
export const credentialTexts: ReadonlyMap<string, string> = new Map([
  ['/loader/credentials/berth.language.cred', 'de_DE.UTF-8'],
  ['/loader/credentials/berth.password-hash.cred', `$6$rounds=50000$saltsaltsaltsalt$${'x'.repeat(86)}`],
])

function credentialStep(target: PartitionIdentity): PlannedStep {
  const files = [...credentialTexts].map(([path, text]) => ({ path, sha256: digest(Buffer.from(text)) }))
  return { kind: 'write-credentials', target, files }
}

export function confirmPlan(scenario: Scenario): Plan {
  const orderBefore = scenario.listInOrder ? [0, ownEntry] : [0]
  return planWith('confirm', [
    { kind: 'confirm-trial', entry: ownEntry, nonce, orderBefore, orderAfter: [0, ownEntry] },
  ])
}

/** What `harmWorld` did, put right: both files, the entry, its copy away, its place in the order. */
export function repairPlan(scenario: Scenario): Plan {
  const installed = installPlan(scenario).steps
  const written = installed.find((step) => step.kind === 'write-files')
  const entry = installed.find((step) => step.kind === 'create-boot-entry')
  if (written === undefined || entry === undefined) throw new Error('a plan without files')
  const { target, release, files, totalBytes } = written
  return planWith('repair', [
    { kind: 'restore-files', target, release, files, markers: [], manifest: true, totalBytes },
    entry,
    { kind: 'replace-boot-entry', entry: copyEntry, before: entry.data, after: null },
    { kind: 'set-boot-order', entry: ownEntry, before: [0, copyEntry], after: [0, ownEntry] },
  ])
}

/** The opposites of an installation's steps, last first. */
export function undoPlanFor({ plan, before }: OwnershipManifest): Plan {
  const removals = plan.steps.flatMap((step, of): PlannedStep[] => {
    if (step.kind === 'shrink-volume')
      return [{ kind: 'grow-volume', of, target: step.target, from: step.to, to: step.from }]
    if (step.kind === 'create-partition') {
      const { disk, partition, start, size } = step
      return [{ kind: 'remove-partition', of, target: { disk, partition, start, size } }]
    }
    if (step.kind === 'write-files')
      return [{ kind: 'remove-files', of, target: step.target, paths: [manifestPath] }]
    if (step.kind === 'write-credentials') {
      const paths = step.files.map(({ path }) => path)
      return [{ kind: 'remove-credentials', of, target: step.target, paths }]
    }
    if (step.kind === 'create-boot-entry') return [{ kind: 'remove-boot-entry', of, entry: step.entry }]
    if (step.kind !== 'arm-trial') return []
    return [
      {
        kind: 'restore-boot-order',
        of,
        entry: step.entry,
        order: before.bootOrder === null ? null : [...before.bootOrder],
      },
      { kind: 'disarm-trial', of, entry: step.entry },
    ]
  })
  return planWith('undo', removals.reverse())
}

function planWith(goal: Plan['goal'], steps: readonly PlannedStep[]): Plan {
  return { ...manifestWith(steps).plan, goal }
}

/** The volume that the system lies on. */
export function targetOf({ where, shape, room }: Scenario): PartitionIdentity {
  const block = MiB / shape.sectorSize
  const disk = diskGuid as never
  if (where === 'esp')
    return { disk, partition: espGuid as never, start: lba(block), size: bytes(shape.esp * MiB) }
  const end = 2 + shape.esp + shape.ntfs
  const start = where === 'gap' ? end : end - room
  return { disk, partition: ownGuid as never, start: lba(start * block), size: bytes(room * MiB) }
}

function roomSteps({ where, shape, room }: Scenario, target: PartitionIdentity): PlannedStep[] {
  if (where === 'esp') return []
  const block = MiB / shape.sectorSize
  const from = bytes(shape.ntfs * MiB)
  const windows = {
    disk: diskGuid as never,
    partition: windowsGuid as never,
    start: lba((2 + shape.esp) * block),
    size: from,
  }
  const to = bytes(Math.max(0, shape.ntfs - room) * MiB)
  return [
    ...(where === 'shrink'
      ? [{ kind: 'shrink-volume' as const, target: windows, fileSystem: 'ntfs' as const, from, to }]
      : []),
    {
      kind: 'create-partition',
      ...target,
      role: 'boot',
      slot: 4,
      typeGuid: partitionType.xbootldr,
      blocks: room * block,
      attributes: '0000000000000000',
      name: 'Berth boot',
    },
    { kind: 'format-volume', target, fileSystem: 'fat32', label: 'BERTH', volumeId: '1234abcd' },
  ]
}

function entryStep({ where, shape }: Scenario, target: PartitionIdentity): PlannedStep {
  const location = {
    partitionNumber: where === 'esp' ? 1 : 4,
    partitionGuid: guid(target.partition),
    start: target.start,
    size: target.size / shape.sectorSize,
  }
  const option = serialiseLoadOption({
    attributes: loadOptionAttribute.active,
    description: 'Berth',
    paths: [shortFormPath(location, loaderPath)],
    optionalData: new Uint8Array(),
  })
  return {
    kind: 'create-boot-entry',
    entry: ownEntry,
    description: 'Berth',
    disk: target.disk,
    partition: target.partition,
    path: loaderPath,
    data: toHex(option),
  }
}
