import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCounts } from '../../installer-core/execute/testing/test-counts.ts'
import type { ScenarioPc } from '../boot/scenario.ts'
import {
  anna,
  comesToLogin,
  DesktopCase,
  expectWayBack,
  leavesForWindows,
  linesOf,
  servicesBeforeLogin,
  signsIn,
  sitAt,
  sittingLimitMs,
  startLimitMs,
  startsOf,
} from './desktop-pc.ts'
import { isDataClosed, makeFileSystemSmaller } from './partition-place.ts'
import { expectWindowsClock } from './windows-clock.ts'
import { flipByte, volumeHolds } from './fat-volume.ts'
import type { Person } from './person.ts'

const own = new DesktopCase()
afterAll(() => own.remove())

let pc: ScenarioPc

beforeAll(async () => {
  pc = await own.pc()
  await pc.install('--profile', own.profile())
  expect(volumeHolds(await pc.bootVolume(), anna.passwordHash.slice(-40)), 'the installer left it').toBe(true)
})

/** One byte of the root image's first block, which the file system itself never looks at. */
async function flipByteOfRoot(): Promise<void> {
  const volume = await pc.bootVolume()
  flipByte(volume, volume.loader.replace(/\.efi$/, '.erofs'), 100)
}

/** What the menu entry "Windows files" asks the system, by the same module. */
const askForWindowsFiles = `python3 -c 'import sys; sys.path.insert(0, "/usr/lib/berth/python"); from berth import ask; print(ask.request("windows-files"))'`

async function expectRefusal(): Promise<void> {
  const boot = await pc.boot({ until: 'windows', limitSeconds: startLimitMs / 1000 })
  expectWayBack(boot)
  const said = linesOf(boot, 0).join('\n')
  expect(said).toContain('Berth: the root image is not the one this system was signed with')
  expect(said).not.toContain('Berth: handing over')
}

/** What is in use once a session had a minute to settle, in MiB: what the kernel could not give to a program that asks. */
async function usedMemory(person: Person): Promise<number> {
  const ask = `sleep 60; awk '/^MemTotal/ { all = $2 } /^MemAvailable/ { print int((all - $2) / 1024) }' /proc/meminfo`
  const [used = ''] = await person.runs(ask, 300_000)
  expect(Number(used), 'a kernel alone uses more').toBeGreaterThan(100)
  writeCounts('desktop-memory', { 'MiB used by an idle session': Number(used) })
  return Number(used)
}

/** Where the login screen took longer than three minutes the rest was started without it: then this proves nothing. */
function startedBeforeLogin({ pc: { lines } }: Person): readonly string[] {
  const said = lines.map(({ text }) => text)
  expect(said.filter((line) => line.includes('NO login screen yet'))).toEqual([])
  const mark = 'Berth: started before it: '
  return (said.find((line) => line.includes(mark)) ?? '').split(mark).at(1)?.split(' ') ?? []
}

describe('the desktop, installed by Berth beside Windows', () => {
  it('does not start a root image with one other byte: its initrd starts Windows', async () => {
    await flipByteOfRoot()
    await expectRefusal()
    await flipByteOfRoot()
    await pc.switchTo('berth')
  })

  const use =
    'reaches its login screen, confirms its trial, takes the password, and goes to Windows by its own menu'
  it(use, { timeout: sittingLimitMs }, async () => {
    const boot = await sitAt(pc, { until: 'windows' }, async (person) => {
      await comesToLogin(person)
      await person.reads(/Berth: trial confirmed/, startLimitMs)
      const started = startedBeforeLogin(person)
      expect(started.filter((unit) => !servicesBeforeLogin.includes(unit))).toEqual([])
      expect(started).toContain('greetd.service')
      await signsIn(person)

      await person.signsInOnSerial(anna.user, anna.password, 300_000)
      const run = (command: string) => person.runs(command, 120_000)
      expect(await run('touch /usr/x /x')).toHaveLength(2)
      expect(await run('findmnt -no FSTYPE,OPTIONS /')).toEqual([expect.stringMatching(/^erofs +ro\b/)])
      expect(await run('findmnt -no FSTYPE /home')).toEqual(['ext4'])
      expect(await run('getent passwd anna | cut -d : -f 5')).toEqual([anna.fullName])
      expect(await run('hostname; cat /etc/locale.conf; readlink /etc/localtime')).toEqual([
        anna.hostname,
        'LANG=de_DE.UTF-8',
        '/usr/share/zoneinfo/Europe/Berlin',
      ])
      await expectWindowsClock(person)
      const page = await run('berth-status page.txt; echo ended $?; cat page.txt')
      expect(page).toContain('ended 0')
      expect(page.join('\n')).toMatch(/^Dateien des Systems +wie sie signiert wurden/m)
      expect(page.join('\n')).toMatch(/^Anderes System +Windows Boot Manager$/m)
      expect((await run(askForWindowsFiles)).join('\n')).toMatch(/^open\s+\/run\/media\/windows\/nvme0n1p3$/m)
      expect(await run('ls -1 /run/media/windows/nvme0n1p3')).toContain('empty.txt')
      expect(await run('touch /run/media/windows/nvme0n1p3/x')).toHaveLength(1)
      expect(await run('findmnt -no OPTIONS /run/media/windows/nvme0n1p3')).toEqual([
        expect.stringMatching(/^ro,/),
      ])
      expect(await run('echo kept >letter.txt; sync; ls -1')).toContain('letter.txt')

      expect(await usedMemory(person), 'MiB that a session uses which nothing was opened in').toBeLessThan(
        900,
      )

      await leavesForWindows(person)
    })
    expectWayBack(boot)
    await pc.confirm()
  })

  it('has used up what the installer left: nothing of it is on the boot volume', async () => {
    // The note of the start that was refused above; a good start does not take it away.
    expect(await pc.findings()).toEqual(['berth-start-failed'])
    expect(volumeHolds(await pc.bootVolume(), anna.passwordHash.slice(-40))).toBe(false)
  })

  const again =
    "starts again with 512 MiB of memory and people's files on a file system that fills its partition, and refuses a changed image as before its confirmation"
  it(again, { timeout: sittingLimitMs + startLimitMs }, async () => {
    expect(await isDataClosed(pc), 'the restart left nothing in the journal').toBe(true)
    await makeFileSystemSmaller(pc, 4096)
    await pc.switchTo('berth')
    pc.setMemory(512)
    const boot = await sitAt(pc, {}, async (person) => {
      await comesToLogin(person)
      await person.reads(/Berth: no trial is waiting/, startLimitMs)
      await person.reads(/Berth: the data file system grew from [1-4]\d{3} to \d+ MiB/, startLimitMs)
      await person.signsInOnSerial(anna.user, anna.password, 300_000)
      expect(await person.runs('cat letter.txt', 60_000)).toEqual(['kept'])
      await expectWindowsClock(person)
      await person.pc.powerButton()
    })
    expect(startsOf(boot)).toEqual([[expect.stringContaining('Berth'), 'boot-next', 'power-off']])
    await flipByteOfRoot()
    await pc.switchTo('berth')
    await expectRefusal()
    await pc.undo()
  })
})
