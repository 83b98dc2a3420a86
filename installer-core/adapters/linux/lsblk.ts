import { z } from 'zod'
import { fail, ok, type Result } from '../../base/result.ts'
import type { SecondOpinion } from '../../model/second-opinion.ts'
import { runCommand } from '../run-command.ts'

const columns = 'PATH,TYPE,SIZE,LOG-SEC,FSTYPE,MOUNTPOINTS'
const limitMs = 20_000

const nodeSchema = z.object({
  path: z.string(),
  type: z.string(),
  size: z.number(),
  'log-sec': z.number(),
  fstype: z.string().nullable(),
  mountpoints: z.array(z.string().nullable()),
  get children() {
    return z.array(nodeSchema).optional()
  },
})
const answerSchema = z.object({ blockdevices: z.array(nodeSchema) })
type Node = z.infer<typeof nodeSchema>

/** What lsblk (util-linux) says of the disks of this PC; no rights are needed. `tool-missing`, `tool-failed`. */
export async function askLsblk(): Promise<Result<SecondOpinion>> {
  const args = ['--json', '--bytes', '--output', columns]
  const asked = await runCommand({ program: 'lsblk', args, timeoutMs: limitMs })
  return asked.ok ? parseLsblk(asked.value.stdout) : asked
}

/** Reads the answer of `lsblk --json --bytes`. Disks in memory, loops and what lies upon disks are no disks of the PC. */
export function parseLsblk(text: string): Result<SecondOpinion> {
  const parsed = answerSchema.safeParse(parseJson(text))
  if (!parsed.success)
    return fail('tool-failed', { tool: 'lsblk', exitCode: 0, signal: null, reason: 'answer' })
  const disks = parsed.data.blockdevices.filter(
    ({ path, type, size }) => type === 'disk' && size > 0 && !inMemory.test(path),
  )
  return ok({
    source: 'lsblk',
    memory: null,
    firmware: null,
    disks: disks.map((disk) => ({ path: disk.path, size: disk.size, sectorSize: disk['log-sec'] })),
    partitions: disks.flatMap(({ children = [] }) =>
      children.filter(({ type }) => type === 'part').map(partitionOf),
    ),
    listsAll: true,
  })
}

const inMemory = /^\/dev\/(zram|ram|nbd)\d+$|^\/dev\/mmcblk\d+(boot\d+|rpmb)$/

function partitionOf({ path, size, fstype, mountpoints }: Node): SecondOpinion['partitions'][number] {
  return { path, size, fileSystem: fstype, mounts: mountpoints.filter((point) => point !== null) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
