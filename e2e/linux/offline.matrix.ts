import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MiB } from '../../installer-core/base/bytes.ts'
import { GuestCase } from './guest-case.ts'
import { checkFiles, makeFiles } from './guest-files.ts'
import { guestRootBytes } from './guest-recipe.ts'
import { answer, expectDone, type LinuxGuest } from './linux-guest.ts'
import { offlineExt4 } from './offline-pc.ts'
import { OfflineStarts } from './offline-starts.ts'
import { withStage } from './stage-payload.ts'

describe('a volume that is two thirds full', () => {
  const pcs = new OfflineStarts(offlineExt4)
  beforeAll(() => pcs.prepare(), 1_000_000)
  afterAll(() => pcs.remove())

  it('is made smaller by a start of its own, the present system starts afterwards, and undo gives it back', async () => {
    await pcs.finish('whole', [], true)
  })

  it('leads back into the stage even when the power goes a second time before the stage could say so', async () => {
    const whileMerging = { line: /^Berth: bringing it/, delayMs: 300 }
    const whileStarting = { line: /EFI stub: Loaded initrd/, delayMs: 500 }
    await pcs.finish('twice', [whileMerging, whileStarting])
  })

  it('is as it was, to the byte, when the store runs full', async () => {
    await pcs.runFull()
  })
})

describe('a running Debian whose mounted root fills the disk', () => {
  const own = new GuestCase(withStage)
  afterAll(() => own.remove())
  let guest: LinuxGuest
  beforeAll(async () => {
    const espBytes = 300 * MiB
    const diskBytes = guestRootBytes + espBytes + 2 * MiB
    guest = await own.guest({ bus: 'nvme', sectorSize: 512, espBytes, diskBytes })
  }, 1_000_000)

  it('refuses more than the root can give, and prepares what it can', async () => {
    const start = await guest.start(`${makeFiles('/home/anna/files')}
      root=$(findmnt -n -o PARTUUID /)
      berth much make-room $root --by 2300 --stage /run/payload/stage --yes
      berth room make-room $root --by 600 --stage /run/payload/stage --yes`)
    expectDone(start)
    expect(answer(start, 'much'), start.lines.join('\n')).toMatchObject({
      outcome: 'refused',
      failure: { code: 'volume-shrink-limit' },
    })
    expect(answer(start, 'room')['outcome'], start.lines.join('\n')).toBe('room-prepared')
  })

  it('is made smaller by one start, and comes back with every file', async () => {
    const stage = await guest.start('true')
    expect(stage.lines, stage.lines.join('\n')).toContain('Berth: done. The PC restarts into its own system.')
    expect(stage.end).toBe('restart')
    const start = await guest.start(`${checkFiles('/home/anna/files')}
      echo "root has $(lsblk -b -n -o SIZE $(findmnt -n -o SOURCE /)) bytes"
      berth room make-room
      berth plan plan --release "$release" --space-from gap`)
    expectDone(start)
    expect(start.lines).toContain('files are equal')
    expect(start.lines).toContain(`root has ${guestRootBytes - 600 * MiB} bytes`)
    expect(answer(start, 'room')['phase']).toBe('done')
    expect(start.lines, start.lines.join('\n')).toContain('berth_exit plan 0')
  })
})
