import { partitionType } from '../../base/well-known.ts'
import type { Choices } from '../../model/choices.ts'
import type { Partition } from '../../model/disk.ts'
import type { Machine } from '../../model/machine.ts'
import type { ReleaseManifest } from '../../model/release.ts'
import { finding, weighed, type Finding } from '../finding.ts'
import { findDisk, findPlace, isEsp, isXbootldr, systemEsp } from '../locate.ts'
import type { RoomUse } from './allocate.ts'
import { checkFollows } from './check-follows.ts'
import { diskRefusal } from './disk-fitness.ts'
import { shrinkRefusal, volumeName } from './shrink-fitness.ts'
import { disksInOrder, type SpaceCandidate } from './space-candidate.ts'
import { largestRoom, type SpaceDecision, type SpaceSurvey } from './space-survey.ts'
import { leastRoom, releaseMinimum, spaceNeed } from './space-need.ts'

/** What the choices ask for that nothing could give: a disk or partition that is not there, sizes below the least. */
export function choiceFindings(
  machine: Machine,
  choices: Choices,
  release: ReleaseManifest,
): readonly Finding[] {
  const found: Finding[] = []
  if (choices.disk !== undefined && findDisk(machine, choices.disk) === null) {
    const twice = machine.disks.some((disk) => disk.id === choices.disk)
    found.push(
      finding(twice ? 'disk-duplicate' : 'disk-not-found', 'blocker', {
        where: choices.disk,
        facts: { disk: choices.disk },
      }),
    )
  }
  const named = 'partition' in choices.spaceFrom ? choices.spaceFrom.partition : undefined
  if (named !== undefined) found.push(...namedPartition(machine, choices, release, named))
  const least = releaseMinimum(release)
  const sectorSize = disksInOrder(machine, choices)[0]?.sectorSize ?? 512
  const raised = spaceNeed(choices, release, sectorSize).raisedFrom !== null
  if (choices.bootSpace !== undefined && choices.bootSpace < least && !raised) {
    found.push(finding('boot-space-below-need', 'blocker', { required: least, found: choices.bootSpace }))
  }
  const data = release.needs.data
  if (data !== null && choices.dataSpace !== undefined && choices.dataSpace < data.minimum) {
    found.push(
      finding('data-space-below-minimum', 'blocker', { required: data.minimum, found: choices.dataSpace }),
    )
  }
  return found
}

function namedPartition(
  machine: Machine,
  choices: Choices,
  release: ReleaseManifest,
  id: string,
): readonly Finding[] {
  const place = findPlace(machine, id as never)
  if (place !== null && (choices.disk === undefined || choices.disk === place.disk.id)) {
    if (choices.spaceFrom.kind !== 'shrink') return []
    const required = leastRoom(spaceNeed(choices, release, place.disk.sectorSize))
    const refusal = diskRefusal(machine, place.disk) ?? shrinkRefusal(machine, place, required)
    return refusal === null ? [] : [refusal]
  }
  const twice = machine.disks.flatMap((disk) => disk.partitions).filter((one) => one.id === id).length > 1
  return [
    finding(twice ? 'partition-duplicate' : 'partition-not-found', 'blocker', {
      where: id,
      facts: { partition: id },
    }),
  ]
}

/** Why no way fits: everything that stands in the way, so that removing one of them is enough. */
export function refusalFindings(
  machine: Machine,
  choices: Choices,
  release: ReleaseManifest,
  survey: SpaceSurvey,
): readonly Finding[] {
  const { candidates } = survey
  if (machine.disks.length === 0) return [finding('disk-none', 'blocker')]
  const disks = new Set(candidates.map((one) => one.disk))
  const refusedDisks = machine.disks.flatMap((disk) => {
    const asked = choices.disk === undefined || choices.disk === disk.id
    const refusal = asked ? diskRefusal(machine, disk) : null
    return refusal === null ? [] : [refusal]
  })
  const onDisks = [...disks].flatMap((disk) =>
    reasonsOn(
      candidates.filter((one) => one.disk === disk),
      choices,
      release,
    ),
  )
  // Where no disk can be used at all, their reasons say everything.
  if (candidates.length === 0 && refusedDisks.length > 0) return refusedDisks
  return [noSpace(choices, release, candidates), ...refusedDisks, ...onDisks]
}

function noSpace(choices: Choices, release: ReleaseManifest, candidates: readonly SpaceCandidate[]): Finding {
  const sector = candidates[0]?.disk.sectorSize ?? 512
  const need = spaceNeed(choices, release, sector)
  const found = largestRoom(candidates.filter((one) => concerns(one, choices)))
  if (choices.spaceFrom.kind === 'xbootldr' && !candidates.some((one) => one.kind === 'xbootldr')) {
    return finding('xbootldr-missing', 'blocker')
  }
  if (choices.spaceFrom.kind === 'esp' && !candidates.some((one) => one.kind === 'esp')) {
    return finding('esp-unknown', 'blocker')
  }
  const id = choices.bootSpace === undefined ? 'space-none' : 'boot-space-unavailable'
  return finding(id, 'blocker', { required: leastRoom(need), found })
}

function reasonsOn(
  candidates: readonly SpaceCandidate[],
  choices: Choices,
  release: ReleaseManifest,
): readonly Finding[] {
  const disk = candidates[0]?.disk
  if (disk === undefined) return []
  const least = leastRoom(spaceNeed(choices, release, disk.sectorSize))
  return candidates
    .filter((one) => concerns(one, choices))
    .flatMap((one) => {
      if (one.refusal !== null) return [one.refusal]
      if (one.kind === 'gap')
        return [
          finding('gap-too-small', 'blocker', { required: least, found: one.available, where: disk.id }),
        ]
      if (one.kind !== 'shrink' || one.partition === null) return []
      return [
        finding('volume-shrink-limit', 'blocker', {
          required: least,
          found: one.available,
          where: one.partition.id,
          facts: { volume: volumeName(one.partition) },
        }),
      ]
    })
}

function concerns(candidate: SpaceCandidate, choices: Choices): boolean {
  const { spaceFrom } = choices
  if (spaceFrom.kind === 'automatic') return true
  if (spaceFrom.kind !== candidate.kind) return false
  const named = 'partition' in spaceFrom ? spaceFrom.partition : undefined
  return named === undefined || candidate.partition?.id === named
}

/** What a person should know about the way that was taken. */
export function decisionFindings(
  machine: Machine,
  choices: Choices,
  survey: SpaceSurvey,
  decision: SpaceDecision,
): readonly Finding[] {
  return [
    ...otherDisk(machine, choices, decision),
    ...aboutNewPartition(choices, decision),
    ...aboutExisting(machine, choices, decision),
    ...aboutOwnEsp(survey, decision),
    ...aboutShrunkVolume(machine, decision),
  ]
}

function otherDisk(machine: Machine, choices: Choices, decision: SpaceDecision): readonly Finding[] {
  const own = systemEsp(machine)?.disk
  if (choices.disk !== undefined || own === undefined || own === decision.disk) return []
  const reason = diskRefusal(machine, own)
  return [
    finding('disk-other-chosen', 'warning', {
      where: decision.disk.id,
      facts: { disk: decision.disk.name, own: own.name },
    }),
    ...(reason === null ? [] : [weighed(reason, 'warning')]),
  ]
}

function aboutNewPartition(
  choices: Choices,
  { disk, need, use, volume, bootType }: SpaceDecision,
): readonly Finding[] {
  const found: Finding[] = []
  const boot = use?.boot ?? null
  const data = use?.data ?? null
  if (volume === null && boot !== null) {
    if (need.raisedFrom !== null) {
      found.push(
        finding('boot-space-raised', 'warning', {
          required: boot,
          found: need.raisedFrom,
          where: disk.id,
          facts: { sectorSize: disk.sectorSize },
        }),
      )
    }
    if (boot < need.boot.wanted) {
      found.push(
        finding('boot-space-reduced', 'warning', { required: need.boot.wanted, found: boot, where: disk.id }),
      )
    }
    if (bootType === partitionType.esp && choices.bootPartitionType === 'xbootldr') {
      const id = disk.partitions.some(isXbootldr) ? 'boot-partition-as-esp' : 'esp-missing'
      found.push(finding(id, 'note', { where: disk.id, facts: { disk: disk.name } }))
    }
  }
  if (data !== null && need.data !== null && data < need.data.wanted) {
    found.push(
      finding('data-space-reduced', 'warning', { required: need.data.wanted, found: data, where: disk.id }),
    )
  }
  return found
}

function aboutExisting(
  machine: Machine,
  choices: Choices,
  { disk, volume }: SpaceDecision,
): readonly Finding[] {
  const found: Finding[] = []
  const esps = disk.partitions.filter(isEsp)
  const named = 'partition' in choices.spaceFrom && choices.spaceFrom.partition !== undefined
  const own = systemEsp(machine)?.partition
  if (esps.length > 1 && !named) {
    const taken = volume?.partition ?? own ?? esps[0]
    found.push(
      finding('esp-several', 'warning', {
        found: `${esps.length}`,
        where: taken?.id ?? disk.id,
        facts: {
          disk: disk.name,
          count: esps.length,
          partition: taken?.id ?? '',
          ...(own === undefined || own.id === taken?.id ? {} : { present: own.id }),
        },
      }),
    )
  }
  if (volume?.partition?.volume.fileSystem === 'fat16') {
    found.push(
      finding('esp-fat16', 'warning', { required: 'fat32', found: 'fat16', where: volume.partition.id }),
    )
  }
  return found
}

function aboutOwnEsp(survey: SpaceSurvey, { disk, volume }: SpaceDecision): readonly Finding[] {
  if (volume !== null) return []
  const esp = survey.candidates.find((one) => one.kind === 'esp' && one.disk === disk)
  return esp === undefined || esp.refusal === null ? [] : [weighed(esp.refusal, 'note')]
}

function aboutShrunkVolume(machine: Machine, { use }: SpaceDecision): readonly Finding[] {
  const partition = use?.room.kind === 'shrink' ? use.room.partition : null
  if (use === null || partition === null) return []
  return [...checkFollows(machine, partition), ...aboutRoomLeft(use, partition)]
}

function aboutRoomLeft(use: RoomUse, partition: Partition): readonly Finding[] {
  if (partition.volume.free === null) return []
  const left = partition.volume.free - (use.boot ?? 0) - (use.data ?? 0)
  const size = partition.size - (use.boot ?? 0) - (use.data ?? 0)
  if (left >= size / 10) return []
  return [
    finding('volume-tight-after', 'warning', {
      required: Math.ceil(size / 10),
      found: Math.max(0, left),
      where: partition.id,
      facts: { volume: volumeName(partition) },
    }),
  ]
}
