import { describe, expect } from 'vitest'
import { MiB, bytes } from '../../base/bytes.ts'
import { fromHex } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { parseLoadOption } from '../../formats/load-option/load-option.ts'
import type { SafeText } from '../../model/primitives.ts'
import { makeConfirmPlan } from '../../plan/make-confirm-plan.ts'
import { makeRepairPlan } from '../../plan/make-repair-plan.ts'
import { makeSwitchPlan } from '../../plan/make-switch-plan.ts'
import { makeUndoPlan } from '../../plan/make-undo-plan.ts'
import { hashText } from '../../plan/testing/hash-text.ts'
import { machineAfter } from '../../plan/testing/machine-after.ts'
import { expectPlan, manifestOf, planFor, stepIn } from '../../plan/testing/plan-for.ts'
import { describeIssue } from '../../text/issues.ts'
import { bootEntry, buildMachine, partitionIdOf, windowsDisk } from '../testing/machine-builder.ts'

import { blockers, hardCase, ids, kinds, ofId, roomyEsp } from '../testing/hard-case-kit.ts'

const ms2011 = '48e99b991f57fc52f76149599bff0a58c47154229b9f8d603ac40d3500248507'
const ms2023 = 'f6124e34125bee3fe6d79a574eaa7b91c0e7bd9d929c1a321178efd611dad901'
describe('firmware and entries', () => {
  hardCase('HC-18', 'the new entry carries no optional data', () => {
    const entry = stepIn(expectPlan(planFor(buildMachine())), 'create-boot-entry')
    const option = expectOk(parseLoadOption(fromHex(entry.data)))
    expect(option.optionalData).toHaveLength(0)
    expect(option).toMatchObject({ attributes: 1, description: 'Minimal' })
  })

  hardCase('HC-19', 'variables that are read-only: refused; remounting is proposed, not done', () => {
    const outcome = planFor(buildMachine({ firmware: { access: 'read-only' } }))
    expect(blockers(outcome.issues)).toEqual(['firmware-read-only'])
    expect(describeIssue(ofId(outcome.issues, 'firmware-read-only')).remedy).toContain('remount')
    expect(blockers(planFor(buildMachine({ firmware: { access: 'none' } })).issues)).toEqual([
      'firmware-access-none',
    ])
  })

  hardCase('HC-20', 'a full variable store: refused before anything lies on the disk', () => {
    const outcome = planFor(buildMachine({ firmware: { free: bytes(200) } }))
    expect(blockers(outcome.issues)).toEqual(['firmware-store-full'])
    expect(describeIssue(ofId(outcome.issues, 'firmware-store-full')).remedy).toContain('dump-type0-')
    const linux = buildMachine({ firmware: { free: bytes(5000) }, running: { os: 'linux' } })
    expect(blockers(planFor(linux).issues)).toEqual(['firmware-store-full'])
  })

  hardCase('HC-21', 'firmware that puts its order back: the order is not needed, BootNext is', () => {
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

  hardCase('HC-22', 'the file is there before the entry that needs it', () => {
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

  hardCase('HC-23', "undo removes Berth's own entry and no other", () => {
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

  hardCase(
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

  hardCase('HC-25', "an SBAT level above the loader's: refused before the firmware is touched", () => {
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

  hardCase('HC-29', "a file of somebody else under a release's name: never overwritten", () => {
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

  hardCase(
    'HC-30',
    'an entry that an update removed: said, made again once, undo still takes everything',
    () => {
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
      const manifest = manifestOf(machine, plan)
      const undo = expectPlan(makeUndoPlan(lost, manifest, hashText))
      expect(undo.after).toEqual(plan.before)
      const { target, files, markers } = stepIn(plan, 'write-files')
      const here = [
        ...files,
        ...markers.map(({ path, data }) => ({ path, size: bytes(data.length / 2), sha256: null })),
      ]
      const volume = {
        partition: target.partition,
        files: here.map(({ path, size, sha256 }) => ({ path, size, sha256 })),
        incomplete: false,
        manifest: JSON.stringify(manifest),
      }
      const seen = { ...lost, bootVolumes: [...lost.bootVolumes, volume] }
      const repair = makeRepairPlan({ machine: seen, manifest, confirmedAs: null, release: null }, hashText)
      expect(expectPlan(repair).steps).toEqual([stepIn(plan, 'create-boot-entry')])
    },
  )
})
