import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import { guid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { runForeign, withFolder } from '../testing/foreign-tools.ts'
import { mbrKind } from '../mbr/mbr-kind.ts'
import { parseMbr, readLogicals } from '../mbr/parse-mbr.ts'
import { editGpt } from './edit-gpt.ts'
import type { GptDisk, GptEdit } from './gpt-types.ts'
import { gptWrites } from './gpt-writes.ts'
import { parseGpt } from './parse-gpt.ts'
import { addition, applyWrites, endsOf, imageOf, numbered, tableWith } from './testing/image.ts'

interface Listed {
  readonly partitiontable: {
    readonly label: string
    readonly id: string
    readonly firstlba: number
    readonly lastlba: number
    readonly sectorsize: number
    readonly partitions?: readonly {
      readonly node: string
      readonly start: number
      readonly size: number
      readonly type: string
      readonly uuid: string
      readonly name?: string
      readonly attrs?: string
    }[]
  }
}
const sfdisk = (path: string, ...args: string[]) => runForeign('sfdisk', [...args, path])

/** fdisk knows sectors of 4096 bytes on an image, which sfdisk and sgdisk of this age do not. */
const fdisk4096 = (path: string, commands: readonly string[]) =>
  runForeign('fdisk', ['--sector-size', '4096', path], `${commands.join('\n')}\n`)

/** What fdisk lists of an image with 4096 byte sectors: slot, start, blocks, unique GUID. */
function listed4096(path: string) {
  const columns = ['--sector-size', '4096', '-l', '-o', 'Device,Start,Sectors,UUID', path]
  return [...runForeign('fdisk', columns).matchAll(/img(\d+) +(\d+) +(\d+) +(\S+)/g)].map(
    ([, slot, start, blocks, id]) => [Number(slot), Number(start), Number(blocks), id?.toLowerCase()],
  )
}
const rows = (gpt: GptDisk) =>
  gpt.partitions.map(({ slot, start, blocks, guid: id }) => [slot, start, blocks, id])

/** A blank image of 32 MiB partitioned by a script of sfdisk. */
function withScript<T>(script: readonly string[], use: (path: string) => T): T {
  return withImage(new Uint8Array(32 * MiB), (path) => {
    runForeign('sfdisk', [path], `${script.join('\n')}\n`)
    return use(path)
  })
}

function withImage<T>(image: Uint8Array, use: (path: string) => T): T {
  return withFolder((folder) => {
    const path = join(folder, 'disk.img')
    writeFileSync(path, image)
    return use(path)
  })
}

/** What sfdisk reads from an image, in our words. */
function listed(path: string) {
  const { partitiontable: table } = JSON.parse(sfdisk(path, '--json')) as Listed
  return {
    guid: table.id.toLowerCase(),
    firstUsable: table.firstlba,
    lastUsable: table.lastlba,
    partitions: (table.partitions ?? []).map((part) => ({
      slot: Number(/(\d+)$/.exec(part.node)?.[1]),
      start: part.start,
      blocks: part.size,
      typeGuid: part.type.toLowerCase(),
      guid: part.uuid.toLowerCase(),
      name: part.name ?? '',
    })),
  }
}

function ours(gpt: GptDisk): ReturnType<typeof listed> {
  return {
    guid: gpt.guid,
    firstUsable: gpt.firstUsable,
    lastUsable: gpt.lastUsable,
    partitions: gpt.partitions.map(({ slot, start, blocks, typeGuid, guid: id, name }) => ({
      slot,
      start,
      blocks,
      typeGuid,
      guid: id,
      name,
    })),
  }
}

const windows = (unit: number): GptEdit[] => [
  addition(1, unit, 100 * unit, { typeGuid: partitionType.esp, name: 'EFI system partition' }),
  addition(2, 101 * unit, 16 * unit, { typeGuid: partitionType.microsoftReserved }),
  addition(3, 120 * unit, 60 * unit, {
    typeGuid: partitionType.microsoftBasicData,
    name: 'Größe ✓',
    attributes: '8000000000000001',
  }),
  addition(7, 180 * unit, 10 * unit, { typeGuid: partitionType.windowsRecovery, name: '' }),
]

describe('a table made here', () => {
  it('is read by sfdisk and found right', () => {
    const gpt = tableWith(windows(2048), { sectors: 200 * 2048 })
    withImage(imageOf(gpt), (path) => {
      expect(listed(path)).toEqual(ours(gpt))
      expect(sfdisk(path, '--verify')).toMatch(/No errors detected/)
    })
  })

  it('is read by fdisk and found right with 4096 byte sectors', () => {
    const gpt = tableWith(windows(256), { sectorSize: 4096, sectors: 200 * 256 })
    withImage(imageOf(gpt), (path) => {
      expect(listed4096(path)).toEqual(rows(gpt))
      expect(fdisk4096(path, ['v', 'q'])).toMatch(/No errors detected/)
    })
  })

  it('is found right by sgdisk after every edit', () => {
    const made = tableWith(windows(2048), { sectors: 200 * 2048 })
    const image = imageOf(made)
    const edits: GptEdit[] = [
      { kind: 'resize', slot: 3, guid: numbered(3), blocks: 40 * 2048 },
      addition(4, 160 * 2048, 20 * 2048, { typeGuid: partitionType.xbootldr, name: 'Berth' }),
      { kind: 'remove', slot: 2, guid: numbered(2) },
      { kind: 'remove', slot: 4, guid: numbered(4) },
    ]
    let gpt = made
    for (const edit of edits) {
      const next = expectOk(editGpt(gpt, [edit]))
      applyWrites(image, gptWrites(next, gpt), 512)
      gpt = next
      withImage(image, (path) => {
        expect(runForeign('sgdisk', ['-v', path])).toMatch(/No problems found/)
        expect(listed(path)).toEqual(ours(gpt))
        const printed = runForeign('sgdisk', ['--print', path])
        for (const { slot, start, last } of gpt.partitions)
          expect(printed).toMatch(new RegExp(`^ +${slot} +${start} +${last} `, 'm'))
      })
    }
  })

  it('with 1024 slots is found right by sgdisk', () => {
    const gpt = tableWith([addition(1024, 4096, 10)], { slots: 1024, sectors: 8192 })
    withImage(imageOf(gpt), (path) => {
      expect(runForeign('sgdisk', ['-v', path])).toMatch(/No problems found/)
      expect(listed(path)).toEqual(ours(gpt))
    })
  })
})

describe('a table made by sgdisk', () => {
  const commands = [
    ...['-n', '1:2048:+4M', '-t', '1:ef00', '-c', '1:EFI', '-A', '1:set:2'],
    ...['-n', '5:0:+1M', '-t', '5:8300', '-c', '5:Größe', '-n', '2:0:0', '-t', '2:0700', '-A', '2:set:63'],
  ]

  it.each([
    ['as it comes', []],
    ['with 256 slots', ['-S', '256']],
    ['with its entries moved', ['-j', '500']],
  ])('is read the same, %s', (_, more) => {
    withImage(new Uint8Array(16 * MiB), (path) => {
      runForeign('sgdisk', ['-o', ...more, ...commands, path])
      const gpt = expectOk(parseGpt(endsOf(new Uint8Array(readFileSync(path)))))
      expect(gpt).toMatchObject({ agree: true, problems: [], protectiveMbr: 'protective' })
      expect(ours(gpt)).toEqual(listed(path))
      expect(gpt.partitions.map(({ slot, attributes }) => [slot, attributes])).toEqual([
        [1, '0000000000000004'],
        [2, '8000000000000000'],
        [5, '0000000000000000'],
      ])
    })
  })

  it('is edited, found right, and given back byte for byte', () => {
    withImage(new Uint8Array(16 * MiB), (path) => {
      runForeign('sgdisk', ['-o', '-n', '1:2048:+4M', '-n', '4:0:+4M', path])
      const before = new Uint8Array(readFileSync(path))
      const image = before.slice()
      const gpt = expectOk(parseGpt(endsOf(image)))
      const edited = expectOk(editGpt(gpt, [addition(2, 20_480, 2048)]))
      applyWrites(image, gptWrites(edited, gpt), 512)
      writeFileSync(path, image)
      expect(runForeign('sgdisk', ['-v', path])).toMatch(/No problems found/)
      const back = expectOk(editGpt(edited, [{ kind: 'remove', slot: 2, guid: numbered(2) }]))
      applyWrites(image, gptWrites(back, edited), 512)
      expect(Buffer.compare(image, before)).toBe(0)
    })
  })

  it('on a disk that grew has a misplaced backup, until sgdisk moves it', () => {
    withImage(new Uint8Array(16 * MiB), (path) => {
      runForeign('sgdisk', ['-o', '-n', '1:2048:+4M', path])
      const grown = new Uint8Array(20 * MiB)
      grown.set(readFileSync(path))
      writeFileSync(path, grown)
      expect(expectOk(parseGpt(endsOf(grown)))).toMatchObject({ primary: 'valid', backup: 'misplaced' })
      runForeign('sgdisk', ['-e', path])
      const moved = expectOk(parseGpt(endsOf(new Uint8Array(readFileSync(path)))))
      expect(moved).toMatchObject({ backup: 'valid', agree: true, problems: [] })
    })
  })

  it('made hybrid is told from a protective one', () => {
    withImage(new Uint8Array(16 * MiB), (path) => {
      runForeign('sgdisk', ['-o', '-n', '1:2048:+4M', '-n', '2:0:+4M', '-h', '2', path])
      const gpt = expectOk(parseGpt(endsOf(new Uint8Array(readFileSync(path)))))
      expect(gpt).toMatchObject({ protectiveMbr: 'hybrid', agree: true })
    })
  })
})

describe('a table made by sfdisk', () => {
  const id = guid('5f0c1d8e-6a3b-4b52-9d0e-1a2b3c4d5e6f')
  const gptScript = [
    'label: gpt',
    `label-id: ${id}`,
    'size=8MiB, type=uefi, name=EFI',
    'size=4MiB, type=linux',
  ]

  it('is read the same, edited and found right', () => {
    withScript(gptScript, (path) => {
      const image = new Uint8Array(readFileSync(path))
      const gpt = expectOk(parseGpt(endsOf(image)))
      expect(gpt).toMatchObject({ guid: id, agree: true, problems: [] })
      expect(ours(gpt)).toEqual(listed(path))
      const edited = expectOk(editGpt(gpt, [addition(9, 24 * 2048, 2048)]))
      applyWrites(image, gptWrites(edited, gpt), 512)
      writeFileSync(path, image)
      expect(listed(path)).toEqual(ours(edited))
      expect(sfdisk(path, '--verify')).toMatch(/No errors detected/)
    })
  })

  it('or by fdisk with 4096 byte sectors likewise', () => {
    withImage(new Uint8Array(32 * MiB), (path) => {
      fdisk4096(path, ['g', 'n', '1', '', '+8M', 'n', '5', '', '+4M', 'w'])
      const image = new Uint8Array(readFileSync(path))
      const gpt = expectOk(parseGpt(endsOf(image, 4096)))
      expect(gpt).toMatchObject({ agree: true, problems: [] })
      expect(gpt.partitions).toHaveLength(2)
      expect(rows(gpt)).toEqual(listed4096(path))
      const edited = expectOk(editGpt(gpt, [addition(9, 24 * 256, 256)]))
      applyWrites(image, gptWrites(edited, gpt), 4096)
      writeFileSync(path, image)
      expect(listed4096(path)).toEqual(rows(edited))
      expect(fdisk4096(path, ['v', 'q'])).toMatch(/No errors detected/)
    })
  })

  const logical = ['5 : size=2MiB, type=83', '6 : size=3MiB, type=82']
  const mbrScript = [
    'label: dos',
    'label-id: 0x1234abcd',
    '1 : size=4MiB, type=7, bootable',
    '2 : size=20MiB, type=5',
  ]

  it('as MBR with logical partitions is read the same', () => {
    withScript([...mbrScript, ...logical], (path) => {
      const image = new Uint8Array(readFileSync(path))
      const sectorAt = (at: number) => image.slice(at * 512, at * 512 + 512)
      expect(mbrKind(image)).toBe('mbr')
      const mbr = expectOk(parseMbr(sectorAt(0)))
      const logicals = expectOk(readLogicals(mbr.partitions[1]!, sectorAt))
      expect(mbr.signature).toBe('1234abcd')
      const { partitiontable } = JSON.parse(sfdisk(path, '--json')) as Listed
      const found = [...mbr.partitions, ...logicals]
      expect(found.map(({ start, blocks, type }) => [start, blocks, type])).toEqual(
        partitiontable.partitions?.map((part) => [part.start, part.size, Number.parseInt(part.type, 16)]),
      )
      expect(logicals).toHaveLength(2)
    })
  })
})
