import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { parsePcFile } from '../../adapters/disk-image/pc-file.ts'
import { readBootState } from '../boot-state.ts'
import { extractVolume, madePc, tableOf, tool } from '../testing/made-pcs.ts'
import { templateNames } from './pc-templates.ts'

const withoutGpt = 'bios'
const firmwareOf = async (like: (typeof templateNames)[number]) =>
  expectOk(readBootState(new Uint8Array(readFileSync(join(await madePc(like), 'firmware.fd')))))

test.each(templateNames)(
  '%s has a description that its schema takes, and images of the stated kind',
  async (like) => {
    const folder = await madePc(like)
    const pc = expectOk(parsePcFile(readFileSync(join(folder, 'pc.json'), 'utf8')))
    for (const { file, sectorSize } of pc.disks)
      expect(statSync(join(folder, file)).size % sectorSize).toBe(0)
    if (like !== withoutGpt) expect((await firmwareOf(like)).order?.[0]).toBe(0)
  },
)

describe('to foreign tools', () => {
  const sound = templateNames.filter((like) => ![withoutGpt, 'broken-gpt', 'windows-4kn'].includes(like))

  test.each(sound)('%s has a sound partition table', async (like) => {
    const image = join(await madePc(like), 'disk0.img')
    expect(tool('sgdisk', '-v', image).text).toContain('No problems found')
  })

  test('broken-gpt has two valid tables that do not agree', async () => {
    const image = join(await madePc('broken-gpt'), 'disk0.img')
    const { primary, backup, agree } = tableOf(image)
    expect({ primary, backup, agree }).toEqual({ primary: 'valid', backup: 'valid', agree: false })
    expect(tool('sgdisk', '-v', image).text).toContain('tables differ')
  })

  test.each(['windows', 'windows-big-esp', 'linux', 'linux-windows'] as const)(
    '%s has a clean ESP',
    async (like) => {
      const volume = extractVolume(join(await madePc(like), 'disk0.img'), 1, 1024)
      expect(tool('fsck.vfat', '-n', volume).exitCode).toBe(0)
    },
  )

  test('the ESP of windows-4kn has sectors of 4 KiB and Windows on it', async () => {
    const image = join(await madePc('windows-4kn'), 'disk0.img')
    const volume = extractVolume(image, 1, 260, 4096)
    expect(tool('fsck.vfat', '-n', volume).exitCode).toBe(0)
    expect(readFileSync(volume).readUInt16LE(11)).toBe(4096)
    expect(tool('mdir', '-i', volume, '-b', '::/EFI/Microsoft/Boot').text).toContain('bootmgfw.efi')
  })

  test('the recovery volume is an NTFS that ntfs-3g finds nothing wrong with', async () => {
    const volume = extractVolume(join(await madePc('windows'), 'disk0.img'), 4, 512)
    expect(tool('ntfsresize', '-f', '-i', volume).text).toMatch(/You might resize/)
    expect(tool('ntfsls', '-f', volume).text).toContain('Winre.wim')
  })

  test('the root of linux is an ext4 that e2fsck finds nothing wrong with', async () => {
    const image = join(await madePc('linux'), 'disk0.img')
    const start = tableOf(image).partitions[1]!.start * 512
    expect(tool('e2fsck', '-fn', `${image}?offset=${start}`).exitCode).toBe(0)
  })

  test('bios has an MBR with an active partition', async () => {
    const image = join(await madePc('bios'), 'disk0.img')
    expect(tool('sfdisk', '--dump', image).text).toMatch(/label: dos[\s\S]*type=7, bootable/)
  })
})

test('Windows comes first, under its own name and with its optional data', async () => {
  const { order, descriptions } = await firmwareOf('windows')
  expect([order, descriptions.get(0)]).toEqual([[0], 'Windows Boot Manager'])
  const image = readFileSync(join(await madePc('windows'), 'firmware.fd'))
  expect(image.includes(Buffer.from('WINDOWS\0'))).toBe(true)
})

test('the small ESP has less room than any system needs, the big one more', async () => {
  const free = async (like: 'windows' | 'windows-big-esp') => {
    const volume = extractVolume(join(await madePc(like), 'disk0.img'), 1, 1024)
    return Number(
      /([\d ]+) bytes free/.exec(tool('mdir', '-i', volume, '::/').text)?.[1]?.replaceAll(' ', ''),
    )
  }
  expect(await free('windows')).toBeLessThan(40 * 1024 * 1024)
  expect(await free('windows-big-esp')).toBeGreaterThan(900 * 1024 * 1024)
})

test('bitlocker carries the signature and no NTFS', async () => {
  const image = join(await madePc('bitlocker'), 'disk0.img')
  const partition = tableOf(image).partitions.find(
    (one) => one.typeGuid === partitionType.microsoftBasicData,
  )!
  const head = Buffer.alloc(512)
  const file = openSync(image, 'r')
  readSync(file, head, 0, 512, partition.start * 512)
  closeSync(file)
  expect(head.toString('latin1', 3, 11)).toBe('-FVE-FS-')
})
