import { expect } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import type { BytesAt } from './bytes-at.ts'
import { allFatFiles, readFatFile } from './fat-reader.ts'
import { bootVariables, digest, entryKey, numbers, whatStarts, type Started } from './firmware-rules.ts'
import { gptAreas, readGpt } from './gpt-reader.ts'
import { espGuid, windowsFiles, windowsGuid } from './make-world.ts'
import { onlyDisk } from './open-world.ts'
import { credentialTexts, loaderPath, ownEntry, ownGuid, releaseFiles, type Scenario } from './scenario.ts'
import { readVarstore } from './varstore-reader.ts'
import { bytesAt, type World } from './world.ts'

const oldLoader: Started = {
  entry: 0,
  partition: espGuid,
  sha256: digest(windowsFiles['/EFI/Microsoft/Boot/bootmgfw.efi']!),
}

/**
 * What must hold in every state, before anybody recovers anything: no volume is shorter than its file system, the old
 * system starts by the firmware's rules (whatever BootNext leads to, the start after it is the old system's), and all of
 * its boot files are as they were.
 */
export function expectSafe(world: World): void {
  const disk = bytesAt(onlyDisk(world))
  const partitions = readGpt(disk)
  if (partitions === null) expect.fail('no valid partition table')
  const windows = partitions.find((partition) => partition.guid === windowsGuid)
  if (windows !== undefined) {
    const claimed = ntfsSize(disk, windows.start)
    if (claimed === null || claimed > windows.size)
      expect.fail(`NTFS of ${claimed} bytes in a partition of ${windows.size}`)
  }
  for (const { guid, start, size } of partitions) {
    const claimed = extSize(disk, start)
    if (claimed !== null && claimed > size)
      expect.fail(`ext4 of ${claimed} bytes in partition ${guid} of ${size}`)
  }
  const variables = readVarstore(Buffer.from(world.variables))
  const started = whatStarts([disk], variables, false)
  if (JSON.stringify(started) !== JSON.stringify(oldLoader)) expect(started).toEqual(oldLoader)
  for (const [path, data] of Object.entries(windowsFiles))
    if (readFatFile(disk, MiB, path)?.equals(data) !== true) expect.fail(`${path} is not what it was`)
}

/** The bytes that an NTFS file system takes, its spare boot sector included; null when there is none. */
function ntfsSize(disk: BytesAt, start: number): number | null {
  const boot = disk.read(start, 512)
  if (boot.toString('latin1', 3, 11) !== 'NTFS    ') return null
  return (Number(boot.readBigUInt64LE(40)) + 1) * boot.readUInt16LE(11)
}

/** The bytes that an ext file system takes, of less than 2^32 blocks; null when there is none. */
function extSize(disk: BytesAt, start: number): number | null {
  const superblock = disk.read(start + 1024, 1024)
  if (superblock.readUInt16LE(56) !== 0xef53) return null
  return superblock.readUInt32LE(4) * (1024 << superblock.readUInt32LE(24))
}

/** What of a state counts when two are compared. */
export interface Snapshot {
  readonly world: World
  readonly tables: readonly Buffer[]
  readonly variables: Record<string, string>
  readonly espFiles: readonly string[]
  readonly guids: readonly string[]
}

export function snapshot(world: World): Snapshot {
  const disk = bytesAt(onlyDisk(world))
  return {
    world,
    tables: gptAreas(disk).map(([offset, length]) => disk.read(offset, length)),
    variables: bootVariables(readVarstore(Buffer.from(world.variables))),
    espFiles: allFatFiles(disk, MiB).map(({ path, data }) => `${path} ${digest(data)}`),
    guids: (readGpt(disk) ?? []).map((partition) => partition.guid),
  }
}

/**
 * Both partition tables byte for byte, all variables, all files and folders of the ESP, and every sector of every other
 * partition. `restored` is the PC after an undo without a cut, the only other content that a volume may have which was
 * shrunk and grown again; the room it had given away may then hold anything, but for the spare boot sector at its end.
 */
export function expectEqual(world: World, to: Snapshot, restored: World | null, scenario: Scenario): void {
  const now = snapshot(world)
  now.tables.forEach((table, i) => {
    if (!table.equals(to.tables[i]!)) expect.fail(`partition table ${i} differs`)
  })
  expect(now.variables).toEqual(to.variables)
  if (now.espFiles.join() !== to.espFiles.join()) expect(now.espFiles).toEqual(to.espFiles)
  const disk = onlyDisk(world)
  const foreign = (readGpt(bytesAt(disk)) ?? []).filter(({ guid }) => guid !== espGuid && guid !== ownGuid)
  const changed = (other: World) =>
    disk
      .differences(onlyDisk(other))
      .filter((at) => foreign.some(({ start, size }) => at >= start && at < start + size))
  for (const { start, size } of foreign) disk.noteRange(start, size)
  const differing = changed(to.world)
  if (differing.length === 0) return
  const room = roomOf(scenario)
  const stillDiffering =
    restored === null ? differing : changed(restored).filter((at) => at < room.start || at >= room.end)
  if (stillDiffering.length > 0)
    expect.fail(`${stillDiffering.length} foreign sectors differ, the first at byte ${stillDiffering[0]}`)
}

/** The room that a shrunk volume gives away, without the sector that ends it. */
function roomOf({ where, shape, room }: Scenario): { readonly start: number; readonly end: number } {
  const end = (2 + shape.esp + shape.ntfs) * MiB
  return where === 'shrink' ? { start: end - room * MiB, end: end - shape.sectorSize } : { start: end, end }
}

/** Every file of the volume that the system lies on, but for old ones that were set aside. */
export function bootFiles(world: World, scenario: Scenario): readonly string[] {
  const disk = bytesAt(onlyDisk(world))
  const own = scenario.where === 'esp' ? espGuid : ownGuid
  const start = readGpt(disk)?.find((partition) => partition.guid === own)?.start ?? -1
  const files = allFatFiles(disk, start).filter(({ path }) => !/^\/loader\/berth\/old-/i.test(path))
  return files.map(({ path, data }) => `${path} ${digest(data)}`)
}

/** Repaired: everything of the firmware and of the boot volume is as when it was whole. */
export function expectRepaired(world: World, whole: World, scenario: Scenario): void {
  expectInstalled(world, scenario, true)
  expect(snapshot(world).variables).toEqual(snapshot(whole).variables)
  expect(bootFiles(world, scenario).toSorted()).toEqual(bootFiles(whole, scenario).toSorted())
}

/** Installed, as an independent reader sees it: all files, the entry, the armed or confirmed trial, the old system kept. */
export function expectInstalled(world: World, scenario: Scenario, confirmed: boolean): void {
  expectSafe(world)
  const disk = bytesAt(onlyDisk(world))
  const variables = readVarstore(Buffer.from(world.variables))
  const own = scenario.where === 'esp' ? espGuid : ownGuid
  const start = readGpt(disk)?.find((partition) => partition.guid === own)?.start ?? -1
  for (const [path, data] of Object.entries(releaseFiles))
    if (readFatFile(disk, start, path)?.equals(data) !== true) expect.fail(`${path} is not there`)
  expect(readFatFile(disk, start, '/loader/berth/manifest.json')).not.toBeNull()
  for (const [path, text] of scenario.credentials === true ? credentialTexts : [])
    expect(readFatFile(disk, start, path)?.toString(), path).toBe(text)
  expect(variables.has(entryKey(ownEntry))).toBe(true)
  const order = numbers(variables.get('8be4df61-93ca-11d2-aa0d-00e098032b8c/BootOrder'))
  expect(order).toEqual(confirmed || scenario.listInOrder ? [0, ownEntry] : [0])
  if (confirmed) return
  const sha256 = digest(releaseFiles[loaderPath]!)
  expect(whatStarts([disk], variables, true)).toEqual({ entry: ownEntry, partition: own, sha256 })
}
