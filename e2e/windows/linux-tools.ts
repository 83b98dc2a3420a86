import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runForeign } from '../../installer-core/formats/testing/foreign-tools.ts'

/*
 * The judges of what Berth for Windows did to a practice PC: programs of Linux that know nothing of Berth.
 */

interface TableDocument {
  readonly partitiontable: {
    readonly partitions: readonly {
      readonly start: number
      readonly size: number
      readonly uuid: string
      readonly type: string
    }[]
  }
}

/** Everything of a PC that has to be there again after undoing: both tables, boot variables, and the bytes of each partition. */
export interface Snapshot {
  readonly partitions: TableDocument['partitiontable']['partitions']
  /** SHA-256 of the sectors before the first and behind the last usable one. */
  readonly table: string
  readonly variables: unknown
  /** By partition GUID: SHA-256 of all its bytes. */
  readonly contents: Readonly<Record<string, string>>
}

const sector = 512
const tableSectors = 34

export function takeSnapshot(pc: string): Snapshot {
  const image = join(pc, 'disk0.img')
  const partitions = partitionsOf(pc)
  const ends = [
    bytesOf(image, 0, tableSectors),
    run('tail', ['-c', String((tableSectors - 1) * sector), image]),
  ]
  return {
    partitions,
    table: createHash('sha256').update(Buffer.concat(ends)).digest('hex'),
    variables: bootVariables(pc),
    contents: Object.fromEntries(
      partitions.map(({ uuid, start, size }) => [uuid.toLowerCase(), sha256Of(image, start, size)]),
    ),
  }
}

/** The partitions as `sfdisk` reads them; fails when `sgdisk` finds fault with the table. */
export function partitionsOf(pc: string): Snapshot['partitions'] {
  const image = join(pc, 'disk0.img')
  const verdict = runForeign('sgdisk', ['--verify', image])
  if (!verdict.includes('No problems found')) throw new Error(verdict)
  const { partitiontable } = JSON.parse(runForeign('sfdisk', ['--json', image])) as TableDocument
  return partitiontable.partitions.map(({ start, size, uuid, type }) => ({ start, size, uuid, type }))
}

/** Boot entries and their order as `virt-fw-vars` reads them. */
export function bootVariables(pc: string): readonly { readonly name: string; readonly data: string }[] {
  const folder = mkdtempSync(join(tmpdir(), 'berth-variables-'))
  try {
    const file = join(folder, 'variables.json')
    runForeign('virt-fw-vars', ['--input', join(pc, 'firmware.fd'), '--output-json', file])
    const { variables } = JSON.parse(readFileSync(file, 'utf8')) as {
      variables: { name: string; data: string }[]
    }
    return variables
      .filter(({ name }) => /^(Boot|Berth)/.test(name))
      .map(({ name, data }) => ({ name, data }))
      .sort((a, b) => a.name.localeCompare(b.name))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A file of a FAT volume as mtools reads it; the volume has to pass `fsck.vfat`. */
export function readBootFile(pc: string, { start, size }: { start: number; size: number }, path: string) {
  const folder = mkdtempSync(join(tmpdir(), 'berth-volume-'))
  try {
    const [image, volume] = [join(pc, 'disk0.img'), join(folder, 'volume')]
    run('dd', [
      `if=${image}`,
      `of=${volume}`,
      'bs=1M',
      'iflag=skip_bytes,count_bytes',
      'conv=sparse',
      'status=none',
      `skip=${start * sector}`,
      `count=${size * sector}`,
    ])
    run('fsck.vfat', ['-n', volume])
    return run('mtype', ['-i', volume, `::${path}`])
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function sha256Of(image: string, start: number, size: number): string {
  const program = join(import.meta.dirname, 'sparse-digest.py')
  const args = [program, image, String(start * sector), String(size * sector)]
  return run('/usr/bin/python3', args).toString('utf8').trim()
}

function bytesOf(image: string, start: number, size: number): Buffer {
  return run('dd', [`if=${image}`, `bs=${sector}`, `skip=${start}`, `count=${size}`, 'status=none'])
}

function run(program: string, args: readonly string[]): Buffer {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const env = { ...process.env, PATH: path, LC_ALL: 'C.UTF-8', MTOOLS_SKIP_CHECK: '1' }
  const ended = spawnSync(program, args, { env, maxBuffer: 256 * 1024 * 1024 })
  if (ended.error !== undefined) throw ended.error
  if (ended.status !== 0) throw new Error(`${program}: exit ${ended.status}\n${String(ended.stderr)}`)
  return ended.stdout
}
