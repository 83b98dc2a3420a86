import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { writeCounts } from '../../execute/testing/test-counts.ts'
import { smallStore } from '../../formats/varstore/testing/small-store.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import { startCommand } from '../run-command.ts'
import { furnish, smallPc, smallPcFile } from '../testing/small-pc.ts'
import { openPracticePc } from './open-practice-pc.ts'
import { serialisePcFile } from './pc-file.ts'
import { openFileDisk } from './raw-disk.ts'

/** Adds a partition and takes it away again, in a process of its own. */
const script = join(import.meta.dirname, '../testing/edit-table-process.ts')

async function tableDigest(folder: string, access: 'read' | 'write'): Promise<string | undefined> {
  const { platform } = expectOk(await openPracticePc(folder, { access }))
  const facts = expectOk(await platform.probe(neverCancelled))
  expectOk(await platform.close())
  return facts.disks[0]?.tableDigest
}

it('a process that is cut after any change leaves a table that opening makes whole again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'berth-cut-'))
  try {
    const image = join(folder, 'disk0.img')
    writeFileSync(image, '')
    truncateSync(image, smallPc.diskBytes)
    const disk = expectOk(openFileDisk(image, 512, 'write'))
    furnish(disk)
    disk.close()
    writeFileSync(join(folder, 'firmware.fd'), smallStore())
    writeFileSync(join(folder, 'pc.json'), serialisePcFile(smallPcFile(512)))
    const before = await tableDigest(folder, 'read')
    let cuts = 0
    for (let after = 1; ; after += 1) {
      const running = expectOk(
        startCommand({
          program: process.execPath,
          args: ['--import', 'tsx', script, folder],
          env: { BERTH_CUT_AFTER: String(after) },
        }),
      )
      const { exitCode, signal } = await running.ended
      if (signal === null) {
        expect(exitCode).toBe(0)
        break
      }
      expect(signal).toBe('SIGKILL')
      cuts += 1
      const shown = await tableDigest(folder, 'read')
      expect(await tableDigest(folder, 'write')).toBe(shown)
      expect(shown).toBe(before)
    }
    expect(cuts).toBe(6)
    writeCounts('cut-process', { cuts })
  } finally {
    rmSync(folder, { recursive: true })
  }
})
