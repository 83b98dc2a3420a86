import { describe, expect, it } from 'vitest'
import { GiB, MiB, bytes } from '../../base/bytes.ts'
import type { Volume } from '../../model/disk.ts'
import type { SafeText } from '../../model/primitives.ts'
import { describeIssue } from '../../text/issues.ts'
import { checkMachine } from '../check-machine.ts'
import type { Finding } from '../finding.ts'
import {
  buildChoices,
  buildDisk,
  buildMachine,
  buildRelease,
  partitionIdOf,
  releaseSha256,
} from '../testing/machine-builder.ts'
import type { PartitionSpec } from '../testing/disk-builder.ts'
import { surveySpace } from './space-survey.ts'

/** A Linux PC whose one disk holds a small ESP and a root that fills the rest. */
function linuxWith(root: Omit<PartitionSpec, 'type' | 'size'> & { readonly type?: PartitionSpec['type'] }) {
  const size = 20 * GiB
  const partitions = [
    {
      name: 'ESP',
      type: 'esp',
      size: 64 * MiB,
      volume: { fileSystem: 'fat32', dirty: false, free: bytes(0) },
    },
    { type: 'linuxRootX64', name: 'root', ...root, size: size - 67 * MiB },
  ] as const
  return buildMachine({
    disks: [buildDisk({ size, partitions })],
    running: { os: 'linux' },
    windows: null,
    more: { installed: [] },
  })
}
const mounted = (more: Partial<Volume> = {}) => ({
  fileSystem: 'ext4' as const,
  dirty: true,
  size: bytes(19 * GiB),
  free: bytes(12 * GiB),
  inUse: ['/' as SafeText],
  ...more,
})

function refusalsOf(machine: ReturnType<typeof linuxWith>, asked = {}): readonly Finding[] {
  const issues = checkMachine(
    machine,
    buildChoices(asked),
    buildRelease(),
    releaseSha256,
  ) as readonly Finding[]
  return issues.filter(({ severity }) => severity === 'blocker')
}

describe('a PC where only the mounted root could give room', () => {
  const root = partitionIdOf('root')

  it('is refused with what is needed, what the root has, and what to do, whatever ext4 says of its journal', () => {
    const found = refusalsOf(linuxWith({ id: root, volume: mounted() }))
    expect(found.map(({ id, where }) => [id, where])).toContainEqual(['volume-holds-root', root])
    expect(found.map(({ id }) => id)).not.toContain('volume-dirty')
    const { facts } = found.find(({ id }) => id === 'volume-holds-root') as Finding
    // The release's 32 MiB and 64 MiB, FAT's tables, whole MiB.
    expect(facts['required']).toBe(98 * MiB)
    expect(facts['found']).toBeGreaterThan(11 * GiB)
    expect(facts['found']).toBeLessThan(13 * GiB)
    expect(facts['missing']).toBeNull()
  })

  it('says it in English and German, the same numbers in both', () => {
    const finding = refusalsOf(linuxWith({ id: root, volume: mounted() })).find(
      ({ id }) => id === 'volume-holds-root',
    ) as Finding
    const [english, german] = [describeIssue(finding, 'en'), describeIssue(finding, 'de')]
    expect(english.message).toMatch(/^Needed: 98 MiB \(.*bytes\)\. It has room to give: 1[12]\.\d+ GiB/)
    expect(german.message).toMatch(/^Benötigt: 98 MiB \(.*\)\. Es könnte 1[12],\d+ GiB/)
    expect(english.remedy).toContain('98 MiB')
    expect(german.remedy).toContain('98 MiB')
  })

  it('says how much would be missing even if nobody used it', () => {
    const full = linuxWith({ id: root, volume: mounted({ free: bytes(0), size: bytes(19 * GiB) }) })
    const finding = refusalsOf(full).find(({ id }) => id === 'volume-holds-root') as Finding
    expect(finding.facts['missing']).toBe(98 * MiB - Number(finding.facts['found']))
    expect(describeIssue(finding).message).toMatch(/Even then .* would be missing/)
  })

  it('is told the same when it names that partition', () => {
    const found = refusalsOf(linuxWith({ id: root, volume: mounted() }), {
      spaceFrom: { kind: 'shrink', partition: root },
    })
    expect(found.map(({ id }) => id)).toEqual(['volume-holds-root'])
  })

  it('plans at once when the root is btrfs, which shrinks while it is mounted', () => {
    const machine = linuxWith({ id: root, volume: mounted({ fileSystem: 'btrfs', dirty: false }) })
    expect(refusalsOf(machine)).toEqual([])
    const { decision } = surveySpace(machine, buildChoices(), buildRelease())
    expect(decision?.use?.room.partition?.id).toBe(root)
  })
})

describe('a root that Berth does not shrink at all', () => {
  it.each([
    ['lvm', 'volume-managed', 'LVM'],
    ['luks', 'volume-managed', 'LUKS'],
    ['linux-raid', 'volume-managed', 'RAID'],
    ['zfs', 'volume-managed', 'ZFS'],
    ['xfs', 'volume-not-shrinkable', 'xfs'],
    ['f2fs', 'volume-not-shrinkable', 'f2fs'],
  ] as const)('%s: %s is found without being asked for, and names %s', (fileSystem, id, name) => {
    const machine = linuxWith({ volume: mounted({ fileSystem, free: null, size: null }) })
    const finding = refusalsOf(machine).find((one) => one.id === id) as Finding
    const { title, message, remedy } = describeIssue(finding)
    expect(`${title} ${message} ${remedy}`).toContain(name)
  })
})
