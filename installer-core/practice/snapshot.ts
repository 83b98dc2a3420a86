import { createHash } from 'node:crypto'
import { open, readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { MiB } from '../base/bytes.ts'
import { toHex } from '../base/guid.ts'
import { ok, type Result } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import { parseGpt } from '../formats/gpt/parse-gpt.ts'
import { parseVarstore } from '../formats/varstore/parse-varstore.ts'
import { readPcFile } from '../adapters/disk-image/read-pc-file.ts'
import { listVolume } from './snapshot/list-volume.ts'
import type { SnapshotItem } from './snapshot/snapshot-item.ts'

/** A practice PC at one moment, sorted: two that are equal hold the same. */
export interface PcSnapshot {
  readonly items: readonly SnapshotItem[]
}

export interface SnapshotDifference {
  readonly what: string
  /** Null: not there. */
  readonly before: string | null
  readonly after: string | null
}

/**
 * Takes stock of a practice PC: both copies of every partition table, every file of every volume that can be read, what
 * the others begin with, and the firmware variables that decide about booting. The files are read by mtools, ntfs-3g and
 * e2fsprogs, not by Berth's own code.
 */
export async function takeSnapshot(folder: string): Promise<Result<PcSnapshot>> {
  const pc = readPcFile(folder)
  if (!pc.ok) return pc
  const items: SnapshotItem[] = []
  for (const disk of pc.value.disks) {
    const found = await diskItems(folder, disk.file, disk.sectorSize)
    if (!found.ok) return found
    items.push(...found.value)
  }
  if (pc.value.firmware.kind !== 'bios') {
    const found = variableItems(new Uint8Array(await readFile(join(folder, pc.value.firmware.variables))))
    if (!found.ok) return found
    items.push(...found.value)
  }
  return ok({ items: items.sort((a, b) => (a.what < b.what ? -1 : a.what > b.what ? 1 : 0)) })
}

/** What is not the same, by name. */
export function compareSnapshots(before: PcSnapshot, after: PcSnapshot): readonly SnapshotDifference[] {
  const old = new Map(before.items.map((item) => [item.what, item.content]))
  const now = new Map(after.items.map((item) => [item.what, item.content]))
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .filter((what) => old.get(what) !== now.get(what))
    .map((what) => ({ what, before: old.get(what) ?? null, after: now.get(what) ?? null }))
}

async function diskItems(
  folder: string,
  name: string,
  sectorSize: 512 | 4096,
): Promise<Result<readonly SnapshotItem[]>> {
  const path = join(folder, name)
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const reach = Math.min(MiB, size)
    const head = await readAt(file, 0, reach)
    const tail = await readAt(file, size - reach, reach)
    const tables = [
      { what: `${name}/size`, content: String(size) },
      {
        what: `${name}/table/primary`,
        content: sha256(head.subarray(0, tableBytes(sectorSize) + sectorSize)),
      },
      { what: `${name}/table/backup`, content: sha256(tail.subarray(reach - tableBytes(sectorSize))) },
    ]
    const gpt = parseGpt({ sectorSize, sectors: size / sectorSize, head, tail })
    const partitions = gpt.ok ? gpt.value.partitions : []
    const volumes: SnapshotItem[] = []
    for (const { guid, start, blocks } of partitions) {
      const place = { image: path, sectorSize, offset: start * sectorSize, size: blocks * sectorSize }
      const listed = await listVolume(place)
      if (!listed.ok) return listed
      volumes.push(...listed.value.map(({ what, content }) => ({ what: `${guid}${what}`, content })))
    }
    return ok([...tables, ...volumes])
  } finally {
    await file.close()
  }
}

/** Header and 128 entries of a GPT, in whole sectors. */
function tableBytes(sectorSize: number): number {
  return sectorSize + 128 * 128
}

const berthOrBoot = /^(Boot[0-9A-Fa-f]{4}|BootOrder|BootNext)$/

function variableItems(image: Uint8Array): Result<readonly SnapshotItem[]> {
  const store = parseVarstore(image)
  if (!store.ok) return store
  return ok(
    store.value.variables
      .filter(
        (variable) =>
          variable.vendor === vendor.berth ||
          (variable.vendor === vendor.global && berthOrBoot.test(variable.name)),
      )
      .map(({ name, attributes, data }) => ({
        what: `variable/${name}`,
        content: `${attributes} ${toHex(data)}`,
      })),
  )
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
