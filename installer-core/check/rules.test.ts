import { describe, expect, it } from 'vitest'
import { GiB, MiB, bytes } from '../base/bytes.ts'
import type { GraphicsMaker } from '../model/graphics.ts'
import type { IssueId } from '../model/issue-id.ts'
import type { Severity } from '../model/issue.ts'
import type { Machine } from '../model/machine.ts'
import type { ReleaseId, SafeText } from '../model/primitives.ts'
import type { ReleaseManifest } from '../model/release.ts'
import { checkMachine } from './check-machine.ts'
import { readAloud } from './testing/every-finding.ts'
import {
  bootEntry,
  buildChoices,
  buildDisk,
  buildMachine,
  buildRelease,
  partitionIdOf,
  releaseSha256,
  windowsDisk,
  windowsPartitions,
  type MachineSpec,
} from './testing/machine-builder.ts'

const text = (value: string) => value as SafeText
const needs = buildRelease().needs
const espWith = (volume: object) => ({
  disks: [windowsDisk({ ESP: { size: 512 * MiB, volume: { free: bytes(450 * MiB), ...volume } } })],
})
const windowsWith = (volume: object) => ({ disks: [windowsDisk({ Windows: { volume } })] })
const gpt = (change: object) => ({ disks: [windowsDisk({}, { gpt: change })] })
const data = {
  typeGuid: '4d21b016-b534-45c2-a9fb-5c16e091fd2d',
  minimum: bytes(2 * GiB),
  recommended: bytes(40 * GiB),
}
const esp = { spaceFrom: { kind: 'esp' } }
const installed = (more: object, entry: number | null = 1): MachineSpec => ({
  more: {
    berth: {
      state: 'installed',
      release: buildRelease().id,
      partition: partitionIdOf('ESP'),
      entry,
      nonce: '00'.repeat(16),
      started: true,
      armed: false,
      problems: [],
      ...more,
    },
  },
})
const withXbootldr = (volume: object, choices = 50 * MiB): MachineSpec => ({
  disks: [
    windowsDisk(
      {},
      {
        partitions: [
          ...windowsPartitions(),
          {
            name: 'XBOOTLDR',
            type: 'xbootldr',
            size: 600 * MiB,
            volume: { fileSystem: 'fat32', dirty: false, free: bytes(choices), ...volume },
          },
        ],
      },
    ),
  ],
})

function madeFor(makers: readonly GraphicsMaker[], otherwise?: ReleaseId): Partial<ReleaseManifest> {
  return { needs: { ...needs, graphics: { makers, ...(otherwise === undefined ? {} : { otherwise }) } } }
}
const newerThan: Partial<ReleaseManifest> = {
  needs: { ...needs, graphics: { makers: ['nvidia'], notYet: [{ pci: '10de:2c', name: 'GeForce RTX 50' }] } },
}
const encrypting = { needs: { ...needs, data }, firstStart: { takes: ['encryption' as const] } }
const byTpm = { you: { encryption: 'tpm' } }
const withTpm = (tpm: Machine['tpm']): MachineSpec => ({ more: { tpm } })

type Case = readonly [IssueId, Severity, MachineSpec, Record<string, unknown>?, Partial<ReleaseManifest>?]
const cases: readonly Case[] = [
  ['firmware-bits-differ', 'blocker', { firmware: { kind: 'uefi32' } }],
  ['firmware-store-tight', 'warning', { firmware: { free: bytes(2048) } }],
  ['firmware-drops-entries', 'note', { firmware: { quirks: ['FQ-03'] } }],
  ['firmware-ignores-boot-next', 'note', { firmware: { quirks: ['FQ-08'] } }],
  ['firmware-wants-full-path', 'note', { firmware: { quirks: ['FQ-09'] } }],
  ['firmware-order-locked', 'note', { firmware: { quirks: ['FQ-10'] } }],
  ['firmware-order-locked', 'warning', { firmware: { quirks: ['FQ-10'] } }, { defaultSystem: 'new' }],
  ['firmware-quirk', 'warning', { firmware: { quirks: ['FQ-05'] } }],
  ['firmware-forbids-writes', 'blocker', { firmware: { quirks: ['FQ-12'] } }],
  [
    'boot-entry-unreadable',
    'note',
    { firmware: { unreadableEntries: [{ number: 9, reason: 'description' }] } },
  ],
  ['boot-next-taken', 'warning', { firmware: { bootNext: 0 } }],
  [
    'room-waits',
    'blocker',
    {
      firmware: {
        bootNext: 4,
        bootEntries: [bootEntry(0), bootEntry(4, { path: text('\\EFI\\BERTH\\stage\\stage.efi') })],
      },
    },
  ],
  ['boot-order-absent', 'note', { firmware: { bootOrder: null } }],
  ['boot-order-dangling', 'note', { firmware: { bootOrder: [0, 7] } }],
  ['secure-boot-state-unknown', 'warning', { secureBoot: { state: 'unknown' } }],
  ['secure-boot-setup-mode', 'note', { secureBoot: { state: 'setup-mode' } }],
  ['cpu-architecture', 'blocker', { more: { cpu: 'aarch64' } }],
  ['memory-too-small', 'blocker', { more: { memory: bytes(256 * MiB) } }],
  ['memory-below-recommended', 'warning', { more: { memory: bytes(768 * MiB) } }],
  [
    'graphics-other-release',
    'warning',
    { more: { gpus: [text('Intel 8086:9a49'), text('NVIDIA 10de:25a0')] } },
    {},
    madeFor(['intel', 'amd'], 'desktop-nvidia-1' as ReleaseId),
  ],
  ['graphics-not-yet', 'warning', { more: { gpus: [text('NVIDIA 10DE:2C02')] } }, {}, newerThan],
  ['graphics-not-yet', 'warning', { more: { gpus: [text('NVIDIA GeForce RTX 5080')] } }, {}, newerThan],
  ['graphics-not-covered', 'warning', { more: { gpus: [text('AMD 1002:1638')] } }, {}, madeFor(['intel'])],
  ['encryption-not-offered', 'blocker', {}, byTpm, { needs: { ...needs, data } }],
  ['encryption-not-offered', 'blocker', {}, byTpm, { firstStart: encrypting.firstStart }],
  ['encryption-needs-tpm', 'blocker', withTpm(null), byTpm, encrypting],
  ['encryption-needs-tpm', 'blocker', withTpm('1.2'), byTpm, encrypting],
  ['encryption-tpm-unknown', 'warning', withTpm('unknown'), byTpm, encrypting],
  ['encryption-by-tpm', 'note', withTpm('2.0'), byTpm, encrypting],
  ['encryption-by-passphrase', 'note', withTpm(null), { you: { encryption: 'passphrase' } }, encrypting],
  ['battery-low', 'blocker', { more: { power: { source: 'battery', percent: 9 } } }],
  ['on-battery', 'warning', { more: { power: { source: 'battery', percent: 33 } } }],
  ['not-elevated', 'note', { running: { elevated: false } }],
  ['disk-none', 'blocker', { disks: [] }],
  ['disk-not-found', 'blocker', {}, { disk: 'nowhere' }],
  ['disk-hybrid-mbr', 'blocker', gpt({ protectiveMbr: 'hybrid' })],
  ['disk-protective-mbr-missing', 'blocker', gpt({ protectiveMbr: 'missing' })],
  ['disk-table-damaged', 'blocker', gpt({ backup: 'misplaced' })],
  ['disk-slots-full', 'blocker', gpt({ slots: 4 })],
  ['disk-no-table', 'blocker', { disks: [buildDisk({ table: { kind: 'none' } })] }],
  [
    'disk-table-unreadable',
    'blocker',
    { disks: [buildDisk({ table: { kind: 'unreadable', reason: 'io' } })] },
  ],
  [
    'disk-overlap',
    'blocker',
    { disks: [buildDisk({ partitions: windowsPartitions({ MSR: { gapBefore: -50 * MiB } }) })] },
  ],
  ['partition-not-found', 'blocker', {}, { spaceFrom: { kind: 'shrink', partition: 'nowhere' } }],
  ['boot-space-below-need', 'blocker', {}, { bootSpace: 64 * MiB }],
  ['data-space-below-minimum', 'blocker', {}, { dataSpace: GiB }, { needs: { ...needs, data } }],
  ['data-space-reduced', 'warning', {}, {}, { needs: { ...needs, data } }],
  [
    'gap-too-small',
    'blocker',
    { disks: [windowsDisk({}, { partitions: windowsPartitions({ Recovery: { gapBefore: 20 * MiB } }) })] },
    { spaceFrom: { kind: 'gap' } },
  ],
  ['esp-missing', 'note', { disks: [buildDisk({ size: 8 * GiB })] }],
  ['esp-unknown', 'blocker', { disks: [buildDisk({ size: 8 * GiB })] }, esp],
  ['esp-not-fat', 'blocker', espWith({ fileSystem: 'ext4' }), esp],
  ['esp-dirty', 'blocker', espWith({ dirty: true }), esp],
  ['esp-unreadable', 'blocker', espWith({ free: null }), esp],
  ['esp-mirrored', 'blocker', espWith({ inUse: ['raid'] }), esp],
  ['xbootldr-missing', 'blocker', {}, { spaceFrom: { kind: 'xbootldr' } }],
  ['xbootldr-too-small', 'blocker', withXbootldr({}), { spaceFrom: { kind: 'xbootldr' } }],
  ['xbootldr-not-fat', 'blocker', withXbootldr({ fileSystem: 'ext4' }), { spaceFrom: { kind: 'xbootldr' } }],
  ['boot-partition-as-esp', 'note', withXbootldr({})],
  [
    'release-file-too-large',
    'blocker',
    {},
    {},
    { files: [{ source: 'x', path: '/x', size: bytes(4 * GiB), sha256: 'cd'.repeat(32) }] },
  ],
  [
    'volume-not-shrinkable',
    'blocker',
    { disks: [windowsDisk({ Windows: { attributes: '0000000000000001' } })] },
    { spaceFrom: { kind: 'shrink', partition: partitionIdOf('Windows') } },
  ],
  ['volume-shrink-limit-unknown', 'blocker', windowsWith({ free: null, shrinkLimit: null })],
  ['volume-in-use', 'blocker', windowsWith({ fileSystem: 'ext4', inUse: ['/home'] })],
  ['volume-holds-root', 'blocker', windowsWith({ fileSystem: 'ext4', inUse: ['/'] })],
  ['volume-needed-at-start', 'blocker', windowsWith({ neededAtStart: true })],
  ['volume-managed', 'blocker', windowsWith({ fileSystem: 'lvm', inUse: ['dm data-srv'] })],
  ['volume-tight-after', 'warning', windowsWith({ free: bytes(5 * GiB), shrinkLimit: null })],
  [
    'bitlocker-converting',
    'warning',
    windowsWith({ bitlocker: { conversion: 'encrypting', protection: 'off' } }),
  ],
  ['bitlocker-automatic', 'note', { windows: { deviceEncryptionAutomatic: true } }],
  ['windows-pending-restart', 'warning', { windows: { pendingRestart: true } }],
  ['windows-entry-missing', 'warning', { firmware: { bootEntries: [] } }],
  [
    'windows-not-first',
    'note',
    {
      firmware: {
        bootEntries: [bootEntry(0), bootEntry(1, { description: text('x'), path: text('\\x.efi') })],
        bootOrder: [1, 0],
      },
    },
  ],
  ['release-practice-only', 'blocker', { more: { source: { kind: 'windows', name: text('this PC') } } }],
  ['release-older', 'blocker', installed({ release: 'minimal-2027.1-x86_64' as ReleaseId })],
  ['berth-other-release', 'blocker', installed({ release: 'minimal-2025.1-x86_64' as ReleaseId })],
  ['berth-installed', 'note', installed({})],
  ['berth-trial-open', 'note', installed({ state: 'trial' })],
  ['berth-damaged', 'blocker', installed({ problems: ['file-missing'] })],
]

describe('each rule', () => {
  for (const [id, severity, spec, choices = {}, release = {}] of cases) {
    it(`finds ${id} (${severity}), says it in whole sentences, and not on a healthy PC`, () => {
      const check = (machine: Machine, asked = {}, of = {}) =>
        checkMachine(machine, buildChoices(asked), buildRelease(of), releaseSha256)
      const issues = check(buildMachine(spec), choices, release)
      const found = issues.find((issue) => issue.id === id)
      expect(issues.map((issue) => issue.id)).toContain(id)
      expect(found?.severity).toBe(severity)
      expect(readAloud(issues)).toHaveLength(issues.length)
      expect(check(buildMachine()).map((issue) => issue.id)).not.toContain(id)
    })
  }
})

describe('a healthy PC', () => {
  it('has no blocker and no warning, and what it has is a note', () => {
    const issues = checkMachine(buildMachine(), buildChoices(), buildRelease(), releaseSha256)
    expect(issues.map((issue) => [issue.severity, issue.id])).toEqual([
      ['note', 'esp-too-small'],
      ['note', 'volume-check-follows'],
      ['note', 'windows-clock-local'],
    ])
  })

  it('may hold damaged, old or portable disks besides', () => {
    const others = [
      buildDisk({ name: 'disk1.img', table: { kind: 'mbr', signature: '0badcafe', bootable: false } }),
      buildDisk({ name: 'disk2.img', gpt: { agree: false } }),
      buildDisk({ name: 'disk3.img', removable: true }),
    ]
    const machine = buildMachine({ disks: [...others, windowsDisk()] })
    const issues = checkMachine(machine, buildChoices(), buildRelease(), releaseSha256)
    expect(issues.filter((issue) => issue.severity !== 'note')).toEqual([])
  })
})
