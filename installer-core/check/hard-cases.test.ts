import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { GiB, MiB, bytes } from '../base/bytes.ts'
import { fromHex } from '../base/guid.ts'
import { expectOk } from '../base/result.ts'
import { partitionType } from '../base/well-known.ts'
import { parseLoadOption } from '../formats/load-option/load-option.ts'
import type { Issue } from '../model/issue.ts'
import type { SafeText } from '../model/primitives.ts'
import { makeConfirmPlan } from '../plan/make-confirm-plan.ts'
import { makeSwitchPlan } from '../plan/make-switch-plan.ts'
import { makeUndoPlan } from '../plan/make-undo-plan.ts'
import { hashText } from '../plan/testing/hash-text.ts'
import { machineAfter } from '../plan/testing/machine-after.ts'
import { expectPlan, manifestOf, planFor, stepIn } from '../plan/testing/plan-for.ts'
import { describeIssue } from '../text/issues.ts'
import { answeredElsewhere, answeredHere } from './testing/hard-cases.ts'
import {
  bootEntry,
  buildDisk,
  buildMachine,
  diskIdOf,
  partitionIdOf,
  windowsDisk,
  windowsPartitions,
} from './testing/machine-builder.ts'

const ms2011 = '48e99b991f57fc52f76149599bff0a58c47154229b9f8d603ac40d3500248507'
const ms2023 = 'f6124e34125bee3fe6d79a574eaa7b91c0e7bd9d929c1a321178efd611dad901'
const encrypted = { bitlocker: { conversion: 'fully-encrypted', protection: 'on' } } as const
const roomyEsp = { ESP: { size: 512 * MiB, volume: { free: bytes(450 * MiB) } } }
const tests: string[] = []
const hc = (id: string, what: string, run: () => void): void => {
  tests.push(id)
  it(`${id} ${what}`, run)
}
const blockers = (issues: readonly Issue[]): readonly string[] =>
  issues.filter((issue) => issue.severity === 'blocker').map((issue) => issue.id)
const ids = (issues: readonly Issue[]): readonly string[] => issues.map((issue) => issue.id)
const kinds = (outcome: ReturnType<typeof planFor>) => expectPlan(outcome).steps.map((step) => step.kind)
const ofId = (issues: readonly Issue[], id: string): Issue => {
  const found = issues.find((issue) => issue.id === id)
  if (found === undefined) throw new Error(`no ${id} in ${ids(issues).join()}`)
  return found
}
const gapDisk = (size: number, change = {}) =>
  windowsDisk(change, {
    size: 50 * GiB + 900 * MiB + size + 2 * MiB,
    partitions: windowsPartitions({ ...change, Recovery: { gapBefore: size } }),
  })

describe('room', () => {
  hc('HC-01', 'an ESP with too little room: a boot partition on the same disk, the ESP untouched', () => {
    const plan = expectPlan(planFor(buildMachine()))
    const made = stepIn(plan, 'create-partition')
    expect(made).toMatchObject({
      typeGuid: partitionType.xbootldr,
      disk: diskIdOf('disk0.img'),
      size: 4 * GiB,
    })
    expect(
      plan.steps.some((step) => 'target' in step && step.target.partition === partitionIdOf('ESP')),
    ).toBe(false)
    expect(ofId(plan.issues, 'esp-too-small')).toMatchObject({
      severity: 'note',
      facts: { required: 96 * MiB, found: 70 * MiB },
    })
    const asEsp = expectPlan(planFor(buildMachine(), { bootPartitionType: 'esp' }))
    expect(stepIn(asEsp, 'create-partition').typeGuid).toBe(partitionType.esp)
  })

  hc('HC-02', 'a boot partition of 100 MB on a 4Kn disk: 260 MiB are planned and the reason is said', () => {
    const disk = windowsDisk({}, { sectorSize: 4096 })
    const plan = expectPlan(
      planFor(buildMachine({ disks: [disk] }), { bootSpace: 100_000_000, bootPartitionType: 'esp' }),
    )
    expect(stepIn(plan, 'create-partition')).toMatchObject({ size: 260 * MiB, blocks: (260 * MiB) / 4096 })
    expect(ofId(plan.issues, 'boot-space-raised').required).toContain(String(260 * MiB))
    const small = expectPlan(planFor(buildMachine(), { bootSpace: 100 * MiB }))
    expect(stepIn(small, 'create-partition').size).toBe(100 * MiB)
  })

  hc('HC-03', "two ESPs on one disk: asked for, the present system's by default", () => {
    const second = { ...windowsPartitions(roomyEsp)[0], name: 'ESP2', type: 'esp', size: 512 * MiB } as const
    const disk = windowsDisk({}, { partitions: [second, ...windowsPartitions(roomyEsp)] })
    const machine = buildMachine({
      disks: [disk],
      running: { bootedFrom: null },
      more: {
        bootVolumes: ['ESP', 'ESP2'].map((name) => ({
          partition: partitionIdOf(name),
          files: [],
          incomplete: false,
          manifest: null,
        })),
      },
    })
    const plan = expectPlan(planFor(machine))
    expect(stepIn(plan, 'write-files').target.partition).toBe(partitionIdOf('ESP'))
    expect(ofId(plan.issues, 'esp-several').severity).toBe('warning')
    const other = expectPlan(
      planFor(machine, { spaceFrom: { kind: 'esp', partition: partitionIdOf('ESP2') } }),
    )
    expect(stepIn(other, 'write-files').target.partition).toBe(partitionIdOf('ESP2'))
    expect(ids(other.issues)).not.toContain('esp-several')
  })

  hc('HC-04', 'a live stick with an ESP of its own: never a target, even when it was booted from', () => {
    const stick = buildDisk({
      name: 'stick.img',
      removable: true,
      bus: 'usb',
      size: 8 * GiB,
      partitions: [
        {
          name: 'StickESP',
          type: 'esp',
          size: 1 * GiB,
          volume: { fileSystem: 'fat32', free: bytes(GiB), dirty: false },
        },
      ],
    })
    const machine = buildMachine({
      disks: [stick, windowsDisk()],
      running: { os: 'linux', bootedFrom: partitionIdOf('StickESP') },
    })
    const plan = expectPlan(planFor(machine))
    expect(plan.before.map((layout) => layout.disk)).toEqual([diskIdOf('disk0.img')])
    expect(blockers(planFor(machine, { disk: stick.id }).issues)).toContain('disk-removable')
  })

  hc('HC-13', 'a volume that cannot give enough: less, then another disk, then a clear refusal', () => {
    const tight = (limit: number) =>
      windowsDisk({ Windows: { volume: { shrinkLimit: bytes(50 * GiB - limit) } } })
    const less = expectPlan(planFor(buildMachine({ disks: [tight(2 * GiB)] })))
    expect(stepIn(less, 'create-partition').size).toBe(1 * GiB)
    expect(ofId(less.issues, 'boot-space-reduced').severity).toBe('warning')
    const empty = buildDisk({ name: 'disk1.img', size: 16 * GiB })
    const other = planFor(buildMachine({ disks: [tight(0), empty] }))
    expect(stepIn(expectPlan(other), 'create-partition').disk).toBe(empty.id)
    expect(ids(other.issues)).toContain('disk-other-chosen')
    const none = planFor(buildMachine({ disks: [tight(0)] }))
    expect(none.plan).toBeNull()
    expect(blockers(none.issues)).toEqual(expect.arrayContaining(['space-none', 'volume-shrink-limit']))
    const asked = planFor(buildMachine({ disks: [tight(2 * GiB)] }), { bootSpace: 4 * GiB })
    expect(blockers(asked.issues)).toContain('boot-space-unavailable')
  })

  hc('HC-32', 'a FAT16 ESP: used with a warning, never formatted', () => {
    const disk = windowsDisk({
      ESP: { size: 512 * MiB, volume: { fileSystem: 'fat16', free: bytes(450 * MiB) } },
    })
    const outcome = planFor(buildMachine({ disks: [disk] }))
    expect(kinds(outcome)).toEqual(['write-files', 'create-boot-entry', 'arm-trial'])
    expect(ofId(outcome.issues, 'esp-fat16').severity).toBe('warning')
  })

  hc('HC-33', 'megabytes and mebibytes: need and have are given in bytes', () => {
    const release = {
      needs: {
        bootSpace: bytes(500 * MiB),
        reserve: bytes(0),
        memory: { required: bytes(MiB), recommended: bytes(MiB) },
        firmware: ['uefi64' as const],
        data: null,
      },
    }
    const disk = windowsDisk({ ESP: { size: 600 * MiB, volume: { free: bytes(500_000_000) } } })
    const outcome = planFor(buildMachine({ disks: [disk] }), {}, release)
    const issue = ofId(outcome.issues, 'esp-too-small')
    expect(issue).toMatchObject({
      required: '524288000 bytes (500 MiB)',
      found: '500000000 bytes (476.8 MiB)',
    })
    expect(describeIssue(issue).message).toContain('476.8 MiB (500,000,000 bytes)')
  })
})

describe('disks and identities', () => {
  hc('HC-05', 'cloned disks: refused, whichever of the two is meant', () => {
    const disk = windowsDisk()
    const machine = buildMachine({
      disks: [disk, { ...disk, name: 'clone.img' as SafeText }],
      more: { ambiguous: { disks: [disk.id], partitions: disk.partitions.map((one) => one.id) } },
    })
    expect(blockers(planFor(machine).issues)).toContain('disk-duplicate')
    const twice = buildMachine({
      disks: [buildDisk({ partitions: windowsPartitions({ MSR: { id: partitionIdOf('ESP') } }) })],
      more: { ambiguous: { disks: [], partitions: [partitionIdOf('ESP')] } },
    })
    expect(blockers(planFor(twice).issues)).toContain('partition-duplicate')
  })

  hc('HC-06', 'an MBR disk: refused, another GPT disk proposed', () => {
    const mbr = buildDisk({ name: 'old.img', table: { kind: 'mbr', signature: '0badcafe', bootable: true } })
    expect(blockers(planFor(buildMachine({ disks: [mbr] })).issues)).toContain('disk-mbr')
    const empty = buildDisk({ name: 'disk1.img', size: 16 * GiB })
    const plan = expectPlan(planFor(buildMachine({ disks: [mbr, empty] })))
    expect(stepIn(plan, 'create-partition').disk).toBe(empty.id)
  })

  hc('HC-07', 'GPT copies that disagree: no edit, no repair, a diagnosis', () => {
    const gpts = [
      { primary: 'damaged' as const, agree: false, problems: ['header.crc32'] },
      { backup: 'damaged' as const, agree: false, problems: ['entries.crc32'] },
      { agree: false },
    ]
    for (const gpt of gpts) {
      const outcome = planFor(buildMachine({ disks: [windowsDisk({}, { gpt })] }))
      expect(outcome.plan).toBeNull()
      const issue = ofId(outcome.issues, 'disk-table-damaged')
      expect(issue.facts['problems']).toBe(gpt.problems?.join() ?? 'the two copies differ')
    }
  })

  hc('HC-08', 'a dynamic disk: no shrink, another basic disk accepted', () => {
    const ldm = windowsDisk({ Windows: { type: 'ldmData' } })
    expect(blockers(planFor(buildMachine({ disks: [ldm] })).issues)).toContain('disk-ldm')
    const basic = buildDisk({ name: 'disk1.img', size: 16 * GiB })
    expect(stepIn(expectPlan(planFor(buildMachine({ disks: [ldm, basic] }))), 'create-partition').disk).toBe(
      basic.id,
    )
  })

  hc('HC-14', 'disks behind RST or VMD: refused and explained, never switched', () => {
    for (const storageController of ['rst', 'vmd'] as const) {
      const outcome = planFor(buildMachine({ more: { storageController } }))
      expect(blockers(outcome.issues)).toEqual(['storage-hidden'])
      expect(describeIssue(ofId(outcome.issues, 'storage-hidden')).remedy).toContain('Berth never changes it')
    }
  })

  hc('HC-34', 'two disks alike: every step names disk, partition, start and size', () => {
    const other = windowsDisk(
      {},
      {
        name: 'disk1.img',
        partitions: windowsPartitions().map((one) => ({ ...one, id: partitionIdOf(`other ${one.name}`) })),
      },
    )
    const plan = expectPlan(planFor(buildMachine({ disks: [other, windowsDisk()] })))
    for (const step of plan.steps) {
      if (!('target' in step)) continue
      expect(step.target.disk).toBe(diskIdOf('disk0.img'))
      expect(step.target).toMatchObject({ start: expect.any(Number), size: expect.any(Number) })
    }
    expect(stepIn(plan, 'shrink-volume').target.partition).toBe(partitionIdOf('Windows'))
  })
})

describe('BitLocker and Windows', () => {
  hc('HC-09', 'BitLocker and no gap: no shrink; Windows itself is to make the room', () => {
    const disk = windowsDisk({
      Windows: { volume: { fileSystem: 'bitlocker', free: null, shrinkLimit: null } },
    })
    const outcome = planFor(buildMachine({ disks: [disk], running: { os: 'linux' } }))
    expect(outcome.plan).toBeNull()
    expect(blockers(outcome.issues)).toContain('bitlocker-shrink')
    expect(describeIssue(ofId(outcome.issues, 'bitlocker-shrink')).remedy).toContain('Shrink Volume')
    const suspended = { bitlocker: { conversion: 'fully-encrypted', protection: 'off' } } as const
    const paused = planFor(buildMachine({ disks: [windowsDisk({ Windows: { volume: suspended } })] }))
    expect(blockers(paused.issues)).toContain('bitlocker-shrink')
  })

  hc('HC-10', 'BitLocker and a gap: accepted, the volume untouched, the recovery key asked for', () => {
    const machine = buildMachine({ disks: [gapDisk(8 * GiB, { Windows: { volume: encrypted } })] })
    const outcome = planFor(machine)
    expect(kinds(outcome)).not.toContain('shrink-volume')
    const issue = ofId(outcome.issues, 'bitlocker-prompt-unlikely')
    expect(issue.severity).toBe('warning')
    expect(describeIssue(issue).message).toContain('0, 2, 4 and 11')
    const secure = planFor(
      buildMachine({
        disks: [gapDisk(8 * GiB, { Windows: { volume: encrypted } })],
        secureBoot: { state: 'on', certificates: [], allowed: [] },
      }),
    )
    expect(ids(secure.issues)).toContain('bitlocker-prompt-likely')
  })

  hc('HC-11', 'BitLocker and two systems: Windows keeps its own entry, and goes by BootNext', () => {
    const machine = buildMachine({ disks: [gapDisk(8 * GiB, { Windows: { volume: encrypted } })] })
    const plan = expectPlan(planFor(machine, { defaultSystem: 'new' }))
    expect(stepIn(plan, 'create-boot-entry').path).toBe('/EFI/Linux/minimal-2026.11.1-x86_64.efi')
    const back = makeSwitchPlan(machineAfter(machine, plan), manifestOf(machine, plan), 'windows', hashText)
    expect(expectPlan(back).steps).toEqual([{ kind: 'set-boot-next', entry: 0 }])
  })

  hc('HC-12', 'a hibernated volume: not changed; Restart and powercfg are offered', () => {
    const hibernated = windowsDisk({ Windows: { volume: { hibernated: true } } })
    const outcome = planFor(buildMachine({ disks: [hibernated] }))
    expect(blockers(outcome.issues)).toContain('volume-hibernated')
    expect(describeIssue(ofId(outcome.issues, 'volume-hibernated')).remedy).toMatch(/Restart.*powercfg/)
    const gap = planFor(
      buildMachine({ disks: [gapDisk(8 * GiB, { Windows: { volume: { hibernated: true } } })] }),
    )
    expect(kinds(gap)).not.toContain('shrink-volume')
    expect(ids(planFor(buildMachine({ windows: { fastStartup: true } })).issues)).toContain('fast-startup')
    const dirty = planFor(buildMachine({ disks: [windowsDisk({ Windows: { volume: { dirty: true } } })] }))
    expect(blockers(dirty.issues)).toContain('volume-dirty')
  })

  hc('HC-15', 'Windows started in the BIOS way: refused', () => {
    const outcome = planFor(
      buildMachine({ firmware: { kind: 'bios', access: 'none', bootEntries: [], bootOrder: null } }),
    )
    expect(blockers(outcome.issues)).toEqual(['firmware-bios'])
    expect(describeIssue(ofId(outcome.issues, 'firmware-bios')).message).toContain('UEFI mode')
  })

  hc('HC-16', 'the same plan whatever language Windows speaks', () => {
    const english = expectPlan(planFor(buildMachine()))
    for (const locale of ['de-DE', 'zh-CN', 'ja-JP']) {
      const machine = buildMachine({ running: { locale: locale as SafeText } })
      expect(expectPlan(planFor(machine))).toEqual(english)
    }
  })

  hc('HC-17', 'two entries called Windows Boot Manager: the one with the present partition and path', () => {
    const machine = buildMachine({
      firmware: {
        bootEntries: [
          bootEntry(0, { partition: partitionIdOf('gone'), target: 'partition-missing' }),
          bootEntry(3),
          bootEntry(4, { path: '\\EFI\\ubuntu\\shimx64.efi' as SafeText }),
        ],
        bootOrder: [4, 0, 3],
      },
    })
    const outcome = planFor(machine)
    expect(ofId(outcome.issues, 'windows-entries-several').facts['entry']).toBe(3)
    expect(ofId(outcome.issues, 'windows-entry-elsewhere').facts['entry']).toBe(4)
    const plan = expectPlan(outcome)
    const back = makeSwitchPlan(machineAfter(machine, plan), manifestOf(machine, plan), 'windows', hashText)
    expect(expectPlan(back).steps).toEqual([{ kind: 'set-boot-next', entry: 3 }])
  })

  hc('HC-31', 'a clock on local time: accepted, nothing changed', () => {
    const outcome = planFor(buildMachine({ windows: { clockIsUtc: false } }))
    expect(ofId(outcome.issues, 'windows-clock-local').severity).toBe('note')
    expect(ids(planFor(buildMachine({ windows: { clockIsUtc: true } })).issues)).not.toContain(
      'windows-clock-local',
    )
  })
})

describe('firmware and entries', () => {
  hc('HC-18', 'the new entry carries no optional data', () => {
    const entry = stepIn(expectPlan(planFor(buildMachine())), 'create-boot-entry')
    const option = expectOk(parseLoadOption(fromHex(entry.data)))
    expect(option.optionalData).toHaveLength(0)
    expect(option).toMatchObject({ attributes: 1, description: 'Minimal' })
  })

  hc('HC-19', 'variables that are read-only: refused; remounting is proposed, not done', () => {
    const outcome = planFor(buildMachine({ firmware: { access: 'read-only' } }))
    expect(blockers(outcome.issues)).toEqual(['firmware-read-only'])
    expect(describeIssue(ofId(outcome.issues, 'firmware-read-only')).remedy).toContain('remount')
    expect(blockers(planFor(buildMachine({ firmware: { access: 'none' } })).issues)).toEqual([
      'firmware-access-none',
    ])
  })

  hc('HC-20', 'a full variable store: refused before anything lies on the disk', () => {
    const outcome = planFor(buildMachine({ firmware: { free: bytes(200) } }))
    expect(blockers(outcome.issues)).toEqual(['firmware-store-full'])
    expect(describeIssue(ofId(outcome.issues, 'firmware-store-full')).remedy).toContain('dump-type0-')
    const linux = buildMachine({ firmware: { free: bytes(5000) }, running: { os: 'linux' } })
    expect(blockers(planFor(linux).issues)).toEqual(['firmware-store-full'])
  })

  hc('HC-21', 'firmware that puts its order back: the order is not needed, BootNext is', () => {
    const machine = buildMachine({ firmware: { vendor: 'LENOVO' as SafeText, quirks: ['FQ-02'] } })
    const plan = expectPlan(planFor(machine, { defaultSystem: 'new' }))
    expect(ofId(plan.issues, 'firmware-reverts-order').severity).toBe('warning')
    expect(plan.steps.some((step) => step.kind === 'confirm-trial')).toBe(false)
    const after = machineAfter(machine, plan)
    const reverted = {
      ...after,
      berth: { ...after.berth, state: 'damaged' as const, problems: ['order-reverted'] },
    }
    const next = makeSwitchPlan(reverted as typeof after, manifestOf(machine, plan), 'berth', hashText)
    expect(expectPlan(next).steps).toEqual([{ kind: 'set-boot-next', entry: 1 }])
  })

  hc('HC-22', 'the file is there before the entry that needs it', () => {
    const order = kinds(planFor(buildMachine()))
    expect(order).toEqual([
      'shrink-volume',
      'create-partition',
      'format-volume',
      'write-files',
      'create-boot-entry',
      'arm-trial',
    ])
  })

  hc('HC-23', "undo removes Berth's own entry and no other", () => {
    const machine = buildMachine({
      firmware: { bootEntries: [bootEntry(0), bootEntry(2)], bootOrder: [0, 2] },
    })
    const plan = expectPlan(planFor(machine))
    const undo = expectPlan(makeUndoPlan(machineAfter(machine, plan), manifestOf(machine, plan), hashText))
    const removed = undo.steps.filter((step) => step.kind === 'remove-boot-entry')
    expect(removed).toEqual([{ kind: 'remove-boot-entry', of: 4, entry: 1 }])
    expect(stepIn(undo, 'restore-boot-order').order).toEqual([0, 2])
    expect(undo.after).toEqual(plan.before)
  })

  hc(
    'HC-24',
    'a signer that db does not know: refused in both directions, a doubly signed one starts',
    () => {
      const secureBoot = (sha256: string) => ({
        state: 'on' as const,
        certificates: [{ sha256, subject: '' as SafeText }],
      })
      const signed = (...signers: string[]) => ({
        secureBoot: { signers, imageSha256: 'ef'.repeat(32), sbat: '' },
      })
      for (const [known, signer] of [
        [ms2011, ms2023],
        [ms2023, ms2011],
      ] as const) {
        const machine = buildMachine({ secureBoot: secureBoot(known) })
        const refused = planFor(machine, {}, signed(signer))
        expect(blockers(refused.issues)).toEqual(['secure-boot-unknown-signer'])
        expect(ofId(refused.issues, 'secure-boot-unknown-signer').found).toMatch(/Microsoft.*UEFI CA/)
        expect(planFor(machine, {}, signed(signer, known)).plan).not.toBeNull()
      }
      const unsigned = planFor(buildMachine({ secureBoot: secureBoot(ms2011) }))
      expect(blockers(unsigned.issues)).toEqual(['secure-boot-unsigned'])
      const revoked = buildMachine({ secureBoot: { ...secureBoot(ms2011), refused: ['ef'.repeat(32)] } })
      expect(blockers(planFor(revoked, {}, signed(ms2011)).issues)).toEqual(['secure-boot-refused'])
    },
  )

  hc('HC-25', "an SBAT level above the loader's: refused before the firmware is touched", () => {
    const level = 'sbat,1,2024040900\nshim,4\ngrub,4\ngrub.peimage,2\n'
    const machine = buildMachine({
      secureBoot: {
        state: 'on',
        certificates: [{ sha256: ms2011, subject: '' as SafeText }],
        sbatLevel: level,
      },
    })
    const release = (generation: number) => ({
      secureBoot: {
        signers: [ms2011],
        imageSha256: 'ef'.repeat(32),
        sbat: `sbat,1,SBAT\nshim,${generation},UEFI shim\n`,
      },
    })
    expect(blockers(planFor(machine, {}, release(3)).issues)).toEqual(['secure-boot-sbat-too-old'])
    expect(planFor(machine, {}, release(4)).plan).not.toBeNull()
  })

  hc('HC-29', "a file of somebody else under a release's name: never overwritten", () => {
    const disk = windowsDisk(roomyEsp)
    const files = ['/efi/boot/bootx64.efi'].map((path) => ({ path, size: bytes(1), sha256: null }))
    const machine = buildMachine({
      disks: [disk],
      more: { bootVolumes: [{ partition: partitionIdOf('ESP'), files, incomplete: false, manifest: null }] },
    })
    const file = { source: 'x.efi', path: '/EFI/BOOT/BOOTX64.EFI', size: bytes(MiB), sha256: 'cd'.repeat(32) }
    const release = { files: [file], loader: file.path }
    const plan = expectPlan(planFor(machine, {}, release))
    expect(stepIn(plan, 'write-files').target.partition).not.toBe(partitionIdOf('ESP'))
    expect(ids(plan.issues)).toContain('boot-file-in-the-way')
    expect(blockers(planFor(machine, { spaceFrom: { kind: 'esp' } }, release).issues)).toContain(
      'boot-file-in-the-way',
    )
  })

  hc('HC-30', 'an entry that an update removed: said, nothing doubled, undo still takes the rest', () => {
    const machine = buildMachine()
    const plan = expectPlan(planFor(machine))
    const after = machineAfter(machine, plan)
    const lost = {
      ...after,
      firmware: { ...after.firmware, bootEntries: machine.firmware.bootEntries },
      berth: { ...after.berth, state: 'damaged' as const, entry: null, problems: ['entry-missing'] },
    } as typeof after
    expect(blockers(planFor(lost).issues)).toEqual(['berth-damaged'])
    const confirm = makeConfirmPlan(lost, manifestOf(machine, plan), 'present', hashText)
    expect(blockers(confirm.issues)).toEqual(['berth-damaged'])
    const undo = expectPlan(makeUndoPlan(lost, manifestOf(machine, plan), hashText))
    expect(undo.after).toEqual(plan.before)
  })
})

it('forgets none of the hard cases', () => {
  const listed = readFileSync(new URL('../hard-cases.md', import.meta.url), 'utf8').match(
    /^- \*\*(HC-\d\d)\*\*/gm,
  )
  const known = (listed ?? []).map((line) => line.slice(4, 9))
  expect(known).toHaveLength(34)
  expect([...answeredHere, ...Object.keys(answeredElsewhere)].sort()).toEqual(known)
  expect([...tests].sort()).toEqual([...answeredHere])
})
