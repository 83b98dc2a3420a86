import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GiB, MiB } from '../../installer-core/base/bytes.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { GuestCase } from './guest-case.ts'
import { answer, expectDone, type GuestStart, type LinuxGuest } from './linux-guest.ts'

const own = new GuestCase()
afterAll(() => own.remove())

let guest: LinuxGuest
let before: PcSnapshot
beforeAll(async () => {
  guest = await own.guest({
    bus: 'sata',
    sectorSize: 512,
    espBytes: 512 * MiB,
    diskBytes: 5 * GiB,
    third: partitionType.esp,
  })
})

async function start(script: string): Promise<GuestStart> {
  const started = await guest.start(script)
  expectDone(started)
  return started
}
const said = (from: GuestStart) => from.lines.join('\n')

describe('a PC with two ESPs, both with room', () => {
  it('starts', async () => {
    await start('set -e\nmkfs.vfat -F 32 -n SECOND /dev/sda3\nsync')
    before = await guest.snapshot()
  })

  it('knows which one it was started from', async () => {
    const probed = await start('berth probe probe')
    const machine = answer(probed, 'probe') as {
      readonly running: { readonly bootedFrom: string }
      readonly disks: readonly { readonly partitions: readonly { readonly id: string }[] }[]
    }
    const [esp] = machine.disks.flatMap(({ partitions }) => partitions)
    expect(machine.running.bootedFrom).toBe(esp?.id)
  })

  it('with read-only firmware variables: refused before anything is written', async () => {
    const ended = await start(`mount -o remount,ro /sys/firmware/efi/efivars
      berth plan plan --release "$release"
      mount -o remount,rw /sys/firmware/efi/efivars`)
    expect(ended.lines, said(ended)).toContain('berth_exit plan 3')
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })

  it('with an ESP that nobody has mounted: installs, and leaves it unmounted', async () => {
    const ended = await start(`umount /boot/efi
      install
      findmnt /boot/efi && echo "it is mounted"
      ls -A /run/berth && findmnt -l | grep /run/berth
      berth undo undo --yes`)
    expect(answer(ended, 'install')['outcome'], said(ended)).toBe('installed')
    expect(answer(ended, 'undo')['outcome'], said(ended)).toBe('undone')
    expect(ended.lines).not.toContain('it is mounted')
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })

  it('with a full store of variables: taken back, and as before when it is emptied', async () => {
    const ended = await start(`vars=/sys/firmware/efi/efivars
      fill() { (printf '\\7\\0\\0\\0'; head -c $2 /dev/zero | tr '\\0' x) >/run/fill; dd if=/run/fill of=$vars/$1-$guid bs=64k count=1 2>/dev/null; }
      guid=11111111-2222-4333-8444-555555555555
      i=0; for size in 16000 4000 1000 200 20; do while fill Fill$i $size; do i=$((i + 1)); done; done
      echo "filled $i"
      install
      berth status status
      for file in $vars/Fill*-$guid; do chattr -i $file; rm -f $file; done`)
    expect(
      ended.lines.some((line) => /^filled [1-9]/.test(line)),
      said(ended),
    ).toBe(true)
    expect(ended.lines, said(ended)).not.toContain('berth_exit install 0')
    expect(answer(ended, 'status')['state']).toBe('absent')
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })

  it('with a full ESP: the plan takes another place, and says so', async () => {
    const ended = await start(`head -c 600M /dev/zero >/boot/efi/full 2>/dev/null
      berth plan plan --release "$release" --space-from esp
      rm /boot/efi/full; sync`)
    expect(ended.lines, said(ended)).toContain('berth_exit plan 0')
    const { steps, issues } = answer(ended, 'plan') as {
      readonly steps: readonly { readonly kind: string; readonly target?: { readonly start: number } }[]
      readonly issues: readonly { readonly id: string }[]
    }
    // The second ESP begins behind the root; the first one, which is full, at the first MiB.
    const target = steps.find(({ kind }) => kind === 'write-files')?.target
    expect(target?.start, said(ended)).toBeGreaterThan((512 * MiB) / 512)
    expect(issues.map(({ id }) => id)).toContain('esp-several')
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })

  it.each([1, 3, 6, 10, 15])('killed at change %i of an installation: recovered', async (change) => {
    const ended = await start(`berth plan plan --release "$release"
      fingerprint=$(tail -n 1 /run/answer | sed 's/.*"fingerprint":"\\([0-9a-f]*\\)".*/\\1/')
      BERTH_CUT_AFTER=${change} berth install install --release "$release" --yes "$fingerprint"
      berth cut status
      berth recover recover
      berth status status`)
    expect(answer(ended, 'cut')['state'], said(ended)).toBe('interrupted')
    expect(answer(ended, 'recover')['outcome'], said(ended)).toBe('rolled-back')
    expect(answer(ended, 'status')['state']).toBe('absent')
    expect(compareSnapshots(before, await guest.snapshot())).toEqual([])
  })
})
