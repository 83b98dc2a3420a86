import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { ok } from '../../base/result.ts'
import { act, complain } from '../action.ts'
import type { Console } from '../console.ts'
import { demoStages } from '../demo/stages.ts'
import { exitCode, type ExitCode } from '../exit-codes.ts'

interface Options {
  readonly keep?: string
  readonly json?: boolean
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'show the whole job on a practice PC: build, install, start both systems, take everything away, compare',
    )
    .option('--keep <folder>', 'work in this folder and leave the practice PC and the release there')
    .option('--json', 'print the result as JSON')
    .action((options: Options) =>
      act(options, async (console) =>
        ok(await inFolder(options.keep, (folder) => demonstrate(console, folder))),
      ),
    )
}

async function inFolder<T>(keep: string | undefined, work: (folder: string) => Promise<T>): Promise<T> {
  if (keep !== undefined) {
    mkdirSync(keep, { recursive: true })
    return work(keep)
  }
  const folder = mkdtempSync(join(tmpdir(), 'berth-demo-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function demonstrate(console: Console, folder: string): Promise<ExitCode> {
  const begun = performance.now()
  const clock = () => `${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s`
  const stages = demoStages(folder)
  const times: { title: string; seconds: number }[] = []
  for (const [index, { title, run }] of stages.entries()) {
    console.line(`${clock()}  [${index + 1}/${stages.length}] ${title}`)
    const from = performance.now()
    const result = await run()
    times.push({ title, seconds: (performance.now() - from) / 1000 })
    if (!result.ok) {
      console.data({ schema: 'berth/demo/1', ok: false, stages: times })
      return complain(console, result.failure)
    }
    for (const line of result.value) console.line(`          ${line}`.trimEnd())
    console.line()
  }
  console.line(`${clock()}  Everything is as it was, and Windows starts. This is what Berth promises.`)
  console.data({ schema: 'berth/demo/1', ok: true, stages: times })
  return exitCode.done
}
