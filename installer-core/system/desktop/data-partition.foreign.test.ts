import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bytes, GiB, MiB } from '../../base/bytes.ts'
import { partitionType } from '../../base/well-known.ts'
import { buildMachine, windowsDisk } from '../../check/testing/machine-builder.ts'
import { expectPlan, manifestOf, planFor, stepIn } from '../../plan/testing/plan-for.ts'
import { encodeManifest } from '../../steps/boot-files.ts'

const functions = join(import.meta.dirname, '../../../assets/system/desktop/initrd/berth-data')
const folder = mkdtempSync(join(tmpdir(), 'berth-data-'))
const file = join(folder, 'manifest.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A PC whose ESP has room for the system, so that the only new partition is the one for data. */
const machine = buildMachine({
  disks: [windowsDisk({ ESP: { size: 512 * MiB, volume: { free: bytes(400 * MiB) } } })],
})

function planWith(data: boolean) {
  const need = { typeGuid: partitionType.linuxGeneric, minimum: bytes(GiB), recommended: bytes(2 * GiB) }
  const release = {
    needs: {
      bootSpace: bytes(32 * MiB),
      reserve: bytes(64 * MiB),
      memory: { required: bytes(1), recommended: bytes(1) },
      firmware: ['uefi64' as const],
      data: data ? need : null,
    },
  }
  return expectPlan(planFor(machine, {}, release))
}

/** What the initrd's own function says, run by the shell that runs it there. */
function identityIn(manifest: string): string {
  const line = `. '${functions}'; data_partition_identity "$1"`
  const ended = spawnSync('busybox', ['sh', '-c', line, 'sh', manifest], { encoding: 'utf8' })
  if (ended.error !== undefined) throw ended.error
  return ended.stdout.trim()
}

describe('the data partition, in the initrd', () => {
  it("is the one that the installation's own record names", () => {
    const plan = planWith(true)
    writeFileSync(file, encodeManifest(manifestOf(machine, plan)))
    const made = stepIn(plan, 'create-partition')
    expect(made.role).toBe('data')
    expect(identityIn(file)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(made.partition.toLowerCase()).toContain(identityIn(file))
  })

  it('is none when none was made, or there is no record', () => {
    writeFileSync(file, encodeManifest(manifestOf(machine, planWith(false))))
    expect(identityIn(file)).toBe('')
    expect(identityIn(join(folder, 'absent.json'))).toBe('')
  })
})
