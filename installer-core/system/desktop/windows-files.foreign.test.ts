import { chmodSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../../assets/system/desktop/root/usr')
const folder = mkdtempSync(join(tmpdir(), 'berth-windows-files-'))
const volume = join(folder, 'volume')
const basicData = 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7'
const recovery = 'de94bba4-06d1-4d40-a16a-bfd50179d6ac'

beforeEach(() => {
  writeFileSync(volume, '')
  truncateSync(volume, 8 * 1024 * 1024)
  ntfsTool('/usr/sbin/mkntfs', ['--fast', '--force', '--quiet', volume])
  writeFileSync(join(folder, 'mounted'), '')
  tool('findmnt', 'exit 1')
  tool('systemd-mount', `echo "$*" >>${join(folder, 'mounted')}`)
  disks(`${volume} part 0 ${basicData} ntfs`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function ntfsTool(file: string, args: readonly string[]): void {
  const ended = spawnSync(file, args, { encoding: 'utf8' })
  if (ended.error !== undefined) throw ended.error
  expect(ended.status, ended.stderr).toBe(0)
}

function tool(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
}

const disks = (...lines: readonly string[]) => tool('lsblk', `cat <<'END'\n${lines.join('\n')}\nEND`)

/** What the system's service answers; ntfscat is the real one. */
function answer(): readonly string[] {
  const ended = spawnSync('sh', [join(root, 'lib/berth/windows-files')], {
    encoding: 'utf8',
    env: { PATH: `${folder}:/usr/sbin:/usr/bin:/sbin:/bin`, BERTH_WINDOWS: '/run/media/windows' },
  })
  if (ended.error !== undefined) throw ended.error
  return ended.stdout.split('\n').filter((line) => line !== '')
}

const mounted = () => readFileSync(join(folder, 'mounted'), 'utf8')

/** As Windows leaves its volume: with what it was doing, in a file of this beginning. */
function leaveAsleep(beginning: string): void {
  const file = join(folder, 'hiberfil.sys')
  writeFileSync(file, beginning.padEnd(8192, '\0'))
  ntfsTool('/usr/sbin/ntfscp', ['--force', '--quiet', volume, file, 'hiberfil.sys'])
}

describe("Windows' files", () => {
  it('are opened for reading alone', () => {
    expect(answer()).toEqual(['open\t/run/media/windows/volume'])
    expect(mounted()).toMatch(/--options=ro,nosuid,nodev,noexec,\S+ \S+volume \/run\/media\/windows\/volume/)
  })

  it.each(['hibr', 'HIBR'])('stay closed while Windows is asleep: %s', (beginning) => {
    leaveAsleep(beginning)
    expect(answer()).toEqual([`asleep\t${volume}`])
    expect(mounted()).toBe('')
  })

  it('are opened when it has woken up since', () => {
    leaveAsleep('')
    expect(answer()).toEqual(['open\t/run/media/windows/volume'])
  })

  it("stay closed behind BitLocker; a recovery volume, a stick and another system's volume are none of Windows' files", () => {
    disks(
      `/dev/sda3 part 0 ${basicData} BitLocker`,
      `/dev/sda4 part 0 ${recovery} ntfs`,
      `/dev/sdb1 part 1 ${basicData} ntfs`,
      `/dev/sda5 part 0 ${basicData} ext4`,
      '/dev/sda disk 0 ',
    )
    expect(answer()).toEqual(['bitlocker\t/dev/sda3'])
    expect(mounted()).toBe('')
  })

  it('are said to be damaged when they cannot be opened', () => {
    tool('systemd-mount', 'exit 1')
    expect(answer()).toEqual([`damaged\t${volume}`])
  })
})
