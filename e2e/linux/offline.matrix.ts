import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPracticePc } from '../../installer-core/adapters/disk-image/open-practice-pc.ts'
import { runCommand } from '../../installer-core/adapters/run-command.ts'
import { MiB } from '../../installer-core/base/bytes.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { neverCancelled } from '../../installer-core/ports/cancellation.ts'
import { bootPracticePc } from '../../installer-core/practice/boot.ts'
import type { PcStart } from '../../installer-core/practice/boot-schema.ts'
import { runTool } from '../boot/run-tool.ts'
import { seededChooser } from '../ui/testing/seeded.ts'
import { makeOfflinePc, offlineRoot, readRoot, rootBytes } from './offline-pc.ts'

/* The single executable, as the build phase before has made it: it makes the stage, and is in it. */
const program = join(import.meta.dirname, '../../dist/berth')
const work = mkdtempSync(join(tmpdir(), 'berth-offline-'))
const armed = join(work, 'armed')
const after = rootBytes - 200 * MiB
let sums: Readonly<Record<string, string>>
afterAll(() => rmSync(work, { recursive: true, force: true }))

async function berth(...args: readonly string[]): Promise<Record<string, unknown>> {
  const ran = await runCommand({ program, args, timeoutMs: 1_000_000 })
  const output = ran.ok ? ran.value.stdout : (ran.failure.command?.output ?? '')
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>
}

beforeAll(async () => {
  sums = await makeOfflinePc(armed, work)
  expect(Object.keys(sums)).toHaveLength(5000)
  await berth('system', 'build', 'stage', '--out', join(work, 'stage'), '--json')
  const room = ['make-room', offlineRoot, '--by', '200', '--stage', join(work, 'stage'), '--pc', armed]
  expect(await berth(...room, '--yes', '--json')).toMatchObject({ phase: 'prepare' })
}, 1_000_000)

/** Where the power goes: after a line that the stage says, and a while more. */
interface Cut {
  readonly line: RegExp
  readonly delayMs: number
}

/** One start, which may be cut. */
async function start(pc: string, cut?: Cut): Promise<PcStart> {
  const boot = expectOk(
    await bootPracticePc(pc, {
      maxRestarts: 0,
      limitSeconds: 1200,
      onStarted: (running) => {
        if (cut === undefined) return
        void running.waitFor(cut.line, 1_200_000).then(async (seen) => {
          if (seen === null) return
          await wait(cut.delayMs)
          await running.cutPower()
        })
      },
    }),
  )
  const [only] = boot.starts
  if (only === undefined) throw new Error('no start')
  return only
}

const isSystem = ({ lines }: PcStart) => lines.some(({ text }) => text.startsWith('Linux stand-in'))

/** Starts the PC, cut after cut, and then until its own system comes; never that system in between. */
async function finish(name: string, cuts: readonly Cut[]): Promise<void> {
  const pc = join(work, name)
  await runTool.copyFolder(armed, pc)
  for (const cut of cuts) {
    // A cut that comes too late finds the PC at its end.
    if (isSystem(await start(pc, cut))) break
  }
  for (let again = 0; !isSystem(await start(pc)); again += 1) expect(again).toBeLessThan(4)
  await expectDone(pc)
  rmSync(pc, { recursive: true })
}

/** Everything as it is to be: the partition, the file system, every file, the firmware, and nothing left behind. */
async function expectDone(pc: string): Promise<void> {
  expect(await berth('make-room', '--pc', pc, '--json')).toMatchObject({ phase: 'done', failure: null })
  expect(readRoot(pc, work, after)).toEqual(sums)
  const opened = expectOk(await openPracticePc(pc, { access: 'read' }))
  const facts = expectOk(await opened.platform.probe(neverCancelled))
  await opened.close()
  const root = facts.disks[0]?.partitions.find(({ id }) => id === (offlineRoot as string))
  expect(root).toMatchObject({ size: after, volume: { fileSystem: 'ext4', size: after, dirty: false } })
  expect(facts.disks[0]?.gaps.some(({ size }) => size >= 200 * MiB)).toBe(true)
  expect(await berth('make-room', '--pc', pc, '--json')).toMatchObject({ phase: null })
}

it('shrinks the root by a start of its own, and the present system starts afterwards', async () => {
  await finish('whole', [])
})

const choose = seededChooser(5)
const lines = [/^Berth: working out/, /^Berth: bringing it/, /^Berth: making the partition/]
const cuts = Array.from({ length: 10 }, (_, i): Cut => ({
  line: lines[i === 9 ? 2 : i % 2] ?? /^Berth/,
  delayMs: i === 9 ? choose(300) : choose(i % 2 === 0 ? 12_000 : 5000),
}))

it.each(cuts.map((cut, i) => [i, cut.line.source, cut.delayMs, cut] as const))(
  'cut %i, after the line %s and %i ms: every file is as it was',
  async (index, _line, _delay, cut) => {
    await finish(`cut-${index}`, [cut])
  },
)

it('leads back into the stage even when the power goes a second time before the stage could say so', async () => {
  const whileMerging = { line: /^Berth: bringing it/, delayMs: 300 }
  const whileStarting = { line: /EFI stub: Loaded initrd/, delayMs: 500 }
  await finish('twice', [whileMerging, whileStarting])
})
