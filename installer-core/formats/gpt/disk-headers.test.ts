import { describe, expect } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { mbrKind } from '../mbr/mbr-kind.ts'
import { isExtended, parseMbr } from '../mbr/parse-mbr.ts'
import { itReads, readFixture } from '../testing/shared-fixtures.ts'
import { editGpt } from './edit-gpt.ts'
import type { GptDisk } from './gpt-types.ts'
import { gptWrites } from './gpt-writes.ts'
import { parseGpt } from './parse-gpt.ts'
import { endsOf } from './testing/image.ts'

const nothing = new Uint8Array()

/** A sample that holds LBA 1 to 33 of a disk whose last sector is `last`. */
function fromHeader(data: Uint8Array, last: number): GptDisk {
  const head = new Uint8Array(512 + data.length)
  head.set(data, 512)
  return expectOk(parseGpt({ sectorSize: 512, sectors: last + 1, head, tail: nothing }))
}
const places = (gpt: GptDisk) =>
  gpt.partitions.map(({ slot, start, last }) => `${slot}:${start}-${last}`).join(' ')

const logs = [
  [
    'centos-fedora-lvm-multiboot',
    'b774dd3a-e91f-4c01-afee-1957a0ac8325',
    1953525167,
    '1:2048-411647 2:411648-2508799 3:2508800-693250047 4:693250048-1279186943 5:1279186944-1865123839',
  ],
  [
    'chromeos-12-partitions-out-of-order',
    '6ebbe8d0-2a17-1646-8662-6754986179a7',
    18874524,
    '1:8704000-18874476 2:20480-53247 3:4509696-8703999 4:53248-86015 5:315392-4509695 6:16448-16448 7:16449-16449 8:86016-118783 9:16450-16450 10:16451-16451 11:64-16447 12:249856-315391',
  ],
  [
    'hp-windows-recovery-first',
    '88c1eb58-28c3-49e0-85fa-84ee76554716',
    1000215215,
    '1:2048-616447 2:616448-1148927 3:1148928-1411071 4:1411072-998964108 5:998965248-1000212479',
  ],
  [
    'ubuntu-2tb-empty-names',
    'a4ae73c2-0e2f-4513-bd3c-456da7f7f0fd',
    4000797359,
    '1:2048-1050623 2:1050624-2549759 3:2549760-4000796671',
  ],
  [
    'ubuntu-cloud-numbers-1-14-15',
    '53ce624e-612a-4656-b468-f95098a46e1a',
    4612095,
    '1:227328-4612062 14:2048-10239 15:10240-227327',
  ],
] as const

describe('headers from event logs', () => {
  for (const [name, guid, last, expected] of logs) {
    const path = `disk-headers/${name}.gpt-lba1-33.bin`
    itReads(path, 'disk GUID and partitions', (data) => {
      const gpt = fromHeader(data, last)
      expect(gpt).toMatchObject({ guid, primary: 'valid', backup: 'damaged', protectiveMbr: 'missing' })
      expect(gpt.problems).toEqual(['backup.header.myLba'])
      expect(places(gpt)).toBe(expected)
    })
    itReads(path, 'is written back byte for byte', (data) => {
      const copy = new Uint8Array(512 + data.length)
      for (const write of gptWrites(fromHeader(data, last)))
        if (write.lba < 34) copy.set(write.data, write.lba * 512)
      expect(Buffer.compare(copy.subarray(512), data)).toBe(0)
    })
  }

  itReads(`disk-headers/${logs[1][0]}.gpt-lba1-33.bin`, 'ESP is number 12 and legacy bootable', (data) => {
    const { partitions } = fromHeader(data, logs[1][2])
    expect(partitions.filter(({ typeGuid }) => typeGuid === partitionType.esp)).toMatchObject([
      { slot: 12, attributes: '0000000000000004' },
    ])
    expect(partitions.filter(({ attributes }) => /^0[01][1-9a-f]/.test(attributes)).length).toBeGreaterThan(0)
  })

  itReads(`disk-headers/${logs[2][0]}.gpt-lba1-33.bin`, 'recovery first, ESP second, MSR, C:', (data) => {
    const { partitions } = fromHeader(data, logs[2][2])
    const { windowsRecovery, esp, microsoftReserved, microsoftBasicData } = partitionType
    expect(partitions.map(({ typeGuid }) => typeGuid)).toEqual([
      windowsRecovery,
      esp,
      microsoftReserved,
      microsoftBasicData,
      windowsRecovery,
    ])
    const attributes = partitions.map((partition) => partition.attributes)
    expect(attributes).toContain('8000000000000001')
    expect(attributes).toContain('8000000000000000')
  })

  itReads(`disk-headers/${logs[3][0]}.gpt-lba1-33.bin`, 'has a name in its first entry only', (data) => {
    expect(fromHeader(data, logs[3][2]).partitions.map(({ name }) => name)).toEqual([
      'EFI System Partition',
      '',
      '',
    ])
  })
})

describe('sectors of CoreOS disks', () => {
  itReads('disk-headers/coreos-4k-sectors.first6.bin', '4096 byte sectors', (head) => {
    const gpt = expectOk(parseGpt({ sectorSize: 4096, sectors: 2560, head, tail: nothing }))
    expect(gpt).toMatchObject({ primary: 'valid', protectiveMbr: 'protective' })
    expect(gpt.copies.primary).toMatchObject({ entriesLba: 2 })
    expect(gpt.copies.primary.entries).toHaveLength(4 * 4096)
    const wrong = { sectorSize: 512, sectors: 2560 * 8, head, tail: nothing } as const
    expect(parseGpt(wrong)).toMatchObject({ failure: { facts: { field: 'primary.header.signature' } } })
    const [protective] = expectOk(parseMbr(head.subarray(0, 512))).partitions
    expect(protective).toMatchObject({ type: 0xee, start: 1 })
    expect(protective!.blocks).not.toBe(wrong.sectors - 1)
  })

  const tail = readFixture('disk-headers/coreos-duplicate-partition-guids.last33.bin') ?? nothing
  itReads('disk-headers/coreos-duplicate-partition-guids.first34.bin', 'one GUID twice', (head) => {
    const gpt = expectOk(parseGpt({ sectorSize: 512, sectors: 2048, head, tail }))
    expect(gpt).toMatchObject({ primary: 'valid', backup: 'valid', agree: true })
    const shared = gpt.partitions.filter(({ guid }) => guid === '8e918895-c65e-4b0d-b6e0-39fbadbfaf51')
    expect(shared).toHaveLength(2)
    expect(gpt.problems).toEqual([`partitions[${shared[1]!.slot}].guid`])
    const edit = { kind: 'remove', slot: shared[0]!.slot, guid: shared[0]!.guid } as const
    expect(editGpt(gpt, [edit])).toMatchObject({ ok: false })
  })
})

describe('small images', () => {
  itReads('disk-headers/u-root-gptdisk.img', 'ESP and Linux', (image) => {
    const gpt = expectOk(parseGpt(endsOf(image)))
    expect(gpt.guid).toBe('569f7b95-0f2e-45dc-97d3-a9e4add43b64')
    expect(places(gpt)).toBe('1:34-200 2:201-366')
    expect(gpt.partitions[0]?.typeGuid).toBe(partitionType.esp)
  })

  const expected = '1:34-333 2:334-433 3:434-478'
  itReads('disk-headers/go-efilib-valid.img', 'three partitions', (image) => {
    const gpt = expectOk(parseGpt(endsOf(image)))
    expect(gpt).toMatchObject({ primary: 'valid', backup: 'valid', agree: true, problems: [] })
    expect(gpt.guid).toBe('0eab22a8-78e2-9b4d-b3fa-7fdb7366d15c')
    expect(places(gpt)).toBe(expected)
    expect(gpt.partitions.slice(0, 2).map(({ typeGuid }) => typeGuid)).toEqual([
      partitionType.linuxGeneric,
      partitionType.esp,
    ])
  })

  // The three differ from the valid image in one byte of the primary's header: in its checksum, or in what it covers.
  for (const name of ['primary-array-crc', 'primary-header-crc', 'primary-destroyed'])
    itReads(`disk-headers/go-efilib-${name}.img`, 'answered from the backup, and said so', (image) => {
      const gpt = expectOk(parseGpt(endsOf(image)))
      expect(gpt).toMatchObject({ primary: 'damaged', used: 'backup', agree: false })
      expect(gpt.problems).toEqual(['primary.header.crc32'])
      expect(places(gpt)).toBe(expected)
      expect(editGpt(gpt, []).ok).toBe(false)
    })

  itReads('disk-headers/go-efilib-mbr-sector.bin', 'an MBR, not a GPT', (sector) => {
    expect(mbrKind(sector)).toBe('mbr')
    const { partitions } = expectOk(parseMbr(sector))
    expect(partitions[0]).toMatchObject({ slot: 1, active: true, type: 0x83, start: 2048 })
    expect(partitions.some(isExtended)).toBe(true)
  })
})
