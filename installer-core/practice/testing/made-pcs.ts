import { spawnSync } from 'node:child_process'
import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expectOk } from '../../base/result.ts'
import { parseGpt } from '../../formats/gpt/parse-gpt.ts'
import type { GptDisk } from '../../formats/gpt/gpt-types.ts'
import { newPracticePc } from '../new-pc.ts'
import type { TemplateName } from '../templates/pc-templates.ts'

const MiB = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'berth-made-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const made = new Map<string, Promise<string>>()

/** A practice PC of a template whose firmware was not started; made once for each template. */
export function madePc(like: TemplateName): Promise<string> {
  const path = join(folder, like)
  const promise =
    made.get(like) ??
    newPracticePc(path, { like, unstarted: true }).then((result) => (expectOk(result), path))
  made.set(like, promise)
  return promise
}

/** The partition table of an image as Berth's parser reads it. */
export function tableOf(image: string, sectorSize: 512 | 4096 = 512): GptDisk {
  const file = openSync(image, 'r')
  const { size } = fstatSync(file)
  const [head, tail] = [Buffer.alloc(MiB), Buffer.alloc(MiB)]
  readSync(file, head, 0, MiB, 0)
  readSync(file, tail, 0, MiB, size - MiB)
  closeSync(file)
  return expectOk(parseGpt({ sectorSize, sectors: size / sectorSize, head, tail }))
}

/** The beginning of a partition as a file of its own and as long as the partition, for tools that know no offsets. */
export function extractVolume(
  image: string,
  slot: number,
  copyMiB: number,
  sectorSize: 512 | 4096 = 512,
): string {
  const partition = tableOf(image, sectorSize).partitions.find((one) => one.slot === slot)
  if (partition === undefined) throw new Error(`no partition ${slot}`)
  const path = join(folder, `volume-${slot}`)
  writeFileSync(path, '')
  truncateSync(path, partition.blocks * sectorSize)
  const [from, to] = [openSync(image, 'r'), openSync(path, 'r+')]
  const buffer = Buffer.alloc(MiB)
  for (let at = 0; at < Math.min(copyMiB * MiB, partition.blocks * sectorSize); at += MiB) {
    const count = readSync(from, buffer, 0, MiB, partition.start * sectorSize + at)
    writeSync(to, buffer, 0, count, at)
  }
  closeSync(from)
  closeSync(to)
  return path
}

/** Runs a foreign tool; what it printed and its exit code. A tool that is missing is an error. */
export function tool(
  program: string,
  ...args: string[]
): { readonly exitCode: number | null; readonly text: string } {
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const env = { ...process.env, PATH: path, LC_ALL: 'C', MTOOLS_SKIP_CHECK: '1' }
  const ended = spawnSync(program, args, { encoding: 'utf8', env })
  if (ended.error !== undefined) throw ended.error
  return { exitCode: ended.status, text: `${ended.stdout}${ended.stderr}` }
}
