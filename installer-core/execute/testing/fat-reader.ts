import type { BytesAt } from './bytes-at.ts'

/**
 * A second, tiny reader of FAT, by the specification and not by the product's code: what a firmware would find.
 * Null where there is no such file, or no file system that it could follow.
 */
export interface FatFile {
  readonly path: string
  readonly data: Buffer
}

interface Fat {
  readonly disk: BytesAt
  readonly start: number
  readonly bits: 12 | 16 | 32
  readonly table: Buffer
  readonly clusterSize: number
  readonly dataStart: number
  readonly clusters: number
  readonly root: { readonly cluster: number } | { readonly offset: number; readonly length: number }
}

interface Entry {
  readonly name: string
  readonly folder: boolean
  readonly cluster: number
  readonly size: number
}

export function openFat(disk: BytesAt, start: number): Fat | null {
  const boot = disk.read(start, 512)
  const bytesPerSector = boot.readUInt16LE(11)
  const perCluster = boot.readUInt8(13)
  if (boot.readUInt16LE(510) !== 0xaa55 || ![512, 4096].includes(bytesPerSector) || perCluster === 0)
    return null
  const reserved = boot.readUInt16LE(14)
  const fats = boot.readUInt8(16)
  const rootEntries = boot.readUInt16LE(17)
  const sectors = boot.readUInt16LE(19) || boot.readUInt32LE(32)
  const fatSectors = boot.readUInt16LE(22) || boot.readUInt32LE(36)
  if (reserved === 0 || fats === 0 || fatSectors === 0 || sectors === 0) return null
  const rootSectors = Math.ceil((rootEntries * 32) / bytesPerSector)
  const dataSector = reserved + fats * fatSectors + rootSectors
  const clusters = Math.floor((sectors - dataSector) / perCluster)
  const bits = clusters < 4085 ? 12 : clusters < 65525 ? 16 : 32
  return {
    disk,
    start,
    bits,
    table: disk.read(
      start + reserved * bytesPerSector,
      Math.min(fatSectors * bytesPerSector, Math.ceil(((clusters + 2) * bits) / 8) + 4),
    ),
    clusterSize: perCluster * bytesPerSector,
    dataStart: start + dataSector * bytesPerSector,
    clusters,
    root:
      bits === 32
        ? { cluster: boot.readUInt32LE(44) }
        : {
            offset: start + (reserved + fats * fatSectors) * bytesPerSector,
            length: rootSectors * bytesPerSector,
          },
  }
}

/** A file's bytes by its path (`\` or `/`, any case); null when it is not there. */
export function readFatFile(disk: BytesAt, start: number, path: string): Buffer | null {
  const fat = openFat(disk, start)
  if (fat === null) return null
  const names = path.split(/[\\/]/).filter((name) => name !== '')
  let entries = rootEntriesOf(fat)
  for (const [depth, name] of names.entries()) {
    const found = entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase())
    if (found === undefined) return null
    if (depth === names.length - 1) return found.folder ? null : contentOf(fat, found)
    if (!found.folder) return null
    entries = folderEntries(chain(fat, found.cluster))
  }
  return null
}

/** Every file, sorted by path. */
export function allFatFiles(disk: BytesAt, start: number): FatFile[] {
  const fat = openFat(disk, start)
  if (fat === null) throw new Error(`no FAT at ${start}`)
  const files: FatFile[] = []
  const walk = (entries: readonly Entry[], folder: string, depth: number) => {
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`
      if (entry.folder && depth < 16) {
        files.push({ path: `${path}/`, data: Buffer.alloc(0) })
        walk(folderEntries(chain(fat, entry.cluster)), path, depth + 1)
      } else if (!entry.folder) files.push({ path, data: contentOf(fat, entry) ?? Buffer.from('unreadable') })
    }
  }
  walk(rootEntriesOf(fat), '', 0)
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function rootEntriesOf(fat: Fat): Entry[] {
  return folderEntries(
    'cluster' in fat.root ? chain(fat, fat.root.cluster) : fat.disk.read(fat.root.offset, fat.root.length),
  )
}

function contentOf(fat: Fat, entry: Entry): Buffer | null {
  const data = chain(fat, entry.cluster, entry.size)
  return data.length < entry.size ? null : data.subarray(0, entry.size)
}

function next(fat: Fat, cluster: number): number {
  if (fat.bits === 32) return fat.table.readUInt32LE(cluster * 4) & 0x0fffffff
  if (fat.bits === 16) return fat.table.readUInt16LE(cluster * 2)
  const pair = fat.table.readUInt16LE(cluster + (cluster >> 1))
  return cluster & 1 ? pair >> 4 : pair & 0xfff
}

function chain(fat: Fat, first: number, atMost = Number.POSITIVE_INFINITY): Buffer {
  const parts: Buffer[] = []
  const seen = new Set<number>()
  for (let cluster = first; cluster >= 2 && cluster < fat.clusters + 2; cluster = next(fat, cluster)) {
    if (seen.has(cluster) || parts.length * fat.clusterSize >= atMost) break
    seen.add(cluster)
    parts.push(fat.disk.read(fat.dataStart + (cluster - 2) * fat.clusterSize, fat.clusterSize))
  }
  return Buffer.concat(parts)
}

function folderEntries(data: Buffer): Entry[] {
  const entries: Entry[] = []
  let long = ''
  for (let at = 0; at + 32 <= data.length; at += 32) {
    const first = data[at]
    const attributes = data[at + 11] ?? 0
    if (first === 0) break
    if (first === 0xe5) long = ''
    else if ((attributes & 0x3f) === 0x0f) long = longPart(data, at) + long
    else {
      const short = shortName(data, at)
      const name = long === '' ? short : long
      long = ''
      if (attributes & 8 || short === '.' || short === '..') continue
      const cluster = (data.readUInt16LE(at + 20) << 16) | data.readUInt16LE(at + 26)
      entries.push({ name, folder: (attributes & 16) !== 0, cluster, size: data.readUInt32LE(at + 28) })
    }
  }
  return entries
}

function longPart(data: Buffer, at: number): string {
  const units = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30].map((offset) =>
    data.readUInt16LE(at + offset),
  )
  const end = units.findIndex((unit) => unit === 0 || unit === 0xffff)
  return String.fromCharCode(...(end < 0 ? units : units.slice(0, end)))
}

function shortName(data: Buffer, at: number): string {
  const stem = data.toString('latin1', at, at + 8).trimEnd()
  const extension = data.toString('latin1', at + 8, at + 11).trimEnd()
  return extension === '' ? stem : `${stem}.${extension}`
}
