import { canonicalJson } from '../base/json.ts'
import { isPortable, systemEsp } from '../check/locate.ts'
import type { Choices } from '../model/choices.ts'
import type { Disk } from '../model/disk.ts'
import type { BerthState, Machine } from '../model/machine.ts'
import type { PlannedStep } from '../model/plan.ts'
import type { ReleaseManifest } from '../model/release.ts'
import type { HashText } from './plan-outcome.ts'

/**
 * The facts a plan stands on, and no others: what changes by itself from minute to minute (free bytes, battery, time,
 * a stick that comes and goes) and what points at a person (serials, labels, device names) is left out, so that a
 * redacted report gives the same. Sizes that matter come back through the steps, which are part of the fingerprint.
 */
export function reliedFacts(machine: Machine) {
  const { firmware } = machine
  return {
    firmware: {
      kind: firmware.kind,
      access: firmware.access,
      secureBoot: firmware.secureBoot.state,
      bootOrder: firmware.bootOrder,
      bootNext: firmware.bootNext,
      entries: firmware.bootEntries
        .map(({ number, active, partition, path, target }) => ({ number, active, partition, path, target }))
        .sort((a, b) => a.number - b.number),
      unreadable: firmware.unreadableEntries.map((entry) => entry.number).sort((a, b) => a - b),
    },
    cpu: machine.cpu,
    systemEsp: systemEsp(machine)?.partition.id ?? null,
    disks: machine.disks
      .filter((disk) => !isPortable(disk))
      .map(diskFacts)
      .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    ambiguous: machine.ambiguous,
    berth: berthFacts(machine.berth),
  }
}

export type ReliedFacts = ReturnType<typeof reliedFacts>

/** What names and nonces follow from: the facts, the choices and the very bytes of the release. */
export function planSeed(
  machine: Machine,
  choices: Choices,
  release: ReleaseManifest,
  releaseSha256: string,
  sha256: HashText,
): string {
  const content = { facts: reliedFacts(machine), choices, release: release.id, releaseSha256 }
  return sha256(`berth/seed/1\n${canonicalJson(content)}`)
}

/** The fingerprint a person confirms: everything that led to the plan, and every step of it. */
export function planFingerprint(
  seed: string,
  goal: string,
  steps: readonly PlannedStep[],
  machine: Machine,
  sha256: HashText,
): string {
  const touched = new Set<string>(steps.flatMap((step) => ('target' in step ? [step.target.partition] : [])))
  const volumes = machine.disks
    .flatMap((disk) => disk.partitions)
    .filter((partition) => touched.has(partition.id))
    .map(({ id, volume }) => ({
      id,
      dirty: volume.dirty,
      hibernated: volume.hibernated,
      bitlocker: volume.bitlocker,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  return sha256(`berth/fingerprint/1\n${canonicalJson({ seed, goal, steps, volumes })}`)
}

function diskFacts(disk: Disk) {
  return {
    id: disk.id,
    sectorSize: disk.sectorSize,
    size: disk.size,
    table: disk.table,
    tableDigest: disk.tableDigest,
    partitions: disk.partitions.map(({ id, slot, typeGuid, start, blocks, attributes, volume }) => ({
      id,
      slot,
      typeGuid,
      start,
      blocks,
      attributes,
      fileSystem: volume.fileSystem,
      uuid: volume.uuid,
    })),
  }
}

function berthFacts(berth: BerthState) {
  if (berth.state === 'absent') return { state: berth.state }
  const { state, release, partition, entry, nonce } = berth
  return { state, release, partition, entry, nonce }
}
