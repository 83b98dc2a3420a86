import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MiB } from '../../installer-core/base/bytes.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { run } from '../boot/run-tool.ts'
import { GuestCase } from './guest-case.ts'
import { checkFiles, makeFiles } from './guest-files.ts'
import { guestRootBytes } from './guest-recipe.ts'
import { answerYes, asAnna } from './guest-user.ts'
import { answer, expectBerth, expectDone, type GuestStart, type LinuxGuest } from './linux-guest.ts'
import { withStage } from './stage-payload.ts'

const espBytes = 300 * MiB
const room = 600 * MiB
const anna = `${asAnna}\n${answerYes}`
const disk = { espBytes, diskBytes: guestRootBytes + espBytes + 2 * MiB }

/** What the guest says of its root: whether its files are as they were, how long its partition is, and its file system. */
const look = `
look() {
  ${checkFiles('/srv/files')} | sed "s/^/$1: /"
  source=$(findmnt -n -o SOURCE /)
  echo "$1: partition $(lsblk -b -n -o SIZE "$source")"
  echo "$1: file system $(($(dumpe2fs -h "$source" 2>/dev/null | sed -n 's/^Block count: *//p') * 4096))"
}
make_room() {
  berth room make-room "$(findmnt -n -o PARTUUID /)" --by ${room / MiB} --stage "$stage" --yes
}`

describe('room that a running Debian made, and does not need any more', () => {
  const own = new GuestCase(withStage)
  afterAll(() => own.remove())
  let guest: LinuxGuest
  let before: PcSnapshot
  let tableBefore: string
  beforeAll(async () => {
    guest = await own.guest({ bus: 'nvme', sectorSize: 512, ...disk })
    const start = await guest.start(makeFiles('/srv/files'))
    expectDone(start)
    before = await guest.snapshot()
    tableBefore = table()
  }, 1_000_000)

  /** The partition table as another tool reads it from the disk's image. */
  function table(): string {
    const image = join(guest.folder, 'disk0.img')
    return ['--print', '--info=1', '--info=2', '--verify']
      .map((option) => run('sgdisk', [option, image]))
      .join('\n')
  }

  async function expectAsBefore(): Promise<void> {
    expect(table()).toBe(tableBefore)
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
    run('e2fsck', ['-f', '-n', `${join(guest.folder, 'disk0.img')}?offset=${MiB + espBytes}`])
  }

  async function makeRoom(who = ''): Promise<void> {
    const start = await guest.start(`${look}\n${who}\nmake_room`)
    expectDone(start)
    expect(answer(start, 'room')['outcome'], start.lines.join('\n')).toBe('room-prepared')
    const stage = await guest.start('true')
    expect(stage.lines, stage.lines.join('\n')).toContain('Berth: done. The PC restarts into its own system.')
  }

  function expectRoot(start: GuestStart, when: string, partition: number, fileSystem: number): void {
    const said = start.lines.filter((line) => line.startsWith(`${when}: `))
    expect(said, start.lines.join('\n')).toEqual([
      `${when}: files are equal`,
      `${when}: partition ${partition}`,
      `${when}: file system ${fileSystem}`,
    ])
  }

  it('is made by a user without rights, and used by a second system, which starts', async () => {
    await makeRoom(anna)
    const start = await guest.start(`${look}\nlook small\n${anna}\ninstall --space-from gap`)
    expectDone(start)
    expectRoot(start, 'small', guestRootBytes - room, guestRootBytes - room)
    expect(answer(start, 'install')['outcome'], start.lines.join('\n')).toBe('installed')
    expectBerth(await guest.start('true'))
  })

  it('goes back to the mounted root when that user takes the second system away', async () => {
    const start = await guest.start(
      `${look}\n${anna}\nberth confirm confirm --yes\nberth undo undo --yes\nlook undone`,
    )
    expectDone(start)
    expect(answer(start, 'confirm')['outcome'], start.lines.join('\n')).toBe('confirmed')
    expect(answer(start, 'undo')['outcome'], start.lines.join('\n')).toBe('undone')
    expectRoot(start, 'undone', guestRootBytes, guestRootBytes)
    await expectAsBefore()
  })

  it('goes back alone, cut after the partition has grown and before its file system has', async () => {
    await makeRoom()
    const start = await guest.start(`${look}
      mkdir /root/cut
      printf '#!/bin/sh\\nkill -9 $PPID\\n' >/root/cut/resize2fs
      chmod +x /root/cut/resize2fs
      (PATH=/root/cut:$PATH; berth cut undo --yes)
      look cut
      berth recover recover
      look recovered
      berth again undo --yes`)
    expectDone(start)
    expect(start.lines, start.lines.join('\n')).toContain('berth_exit cut 137')
    expectRoot(start, 'cut', guestRootBytes, guestRootBytes - room)
    expect(answer(start, 'recover')['outcome'], start.lines.join('\n')).toBe('undone')
    expectRoot(start, 'recovered', guestRootBytes, guestRootBytes)
    expect(answer(start, 'again')['outcome'], start.lines.join('\n')).toBe('nothing-to-do')
    await expectAsBefore()
  })
})
