import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { inject } from 'postject'
import { assetFiles } from './bundle.ts'
import { runtimeProgram, type RuntimeName } from './runtimes.ts'
import { slimProgram } from './slim-program.ts'
import pinned from './runtimes.json' with { type: 'json' }

interface Target {
  readonly runtime: RuntimeName
  /** Makes the blob: the same Node version as the runtime, for the machine that builds. */
  readonly blobMaker: RuntimeName
}

export const targets = {
  linux: { runtime: 'linux', blobMaker: 'linux' },
  'linux-arm64': { runtime: 'linux-arm64', blobMaker: 'linux' },
  windows: { runtime: 'windows', blobMaker: 'windows-blob-maker' },
} as const satisfies Record<string, Target>

// Node looks for this mark to learn that a program was put into it (its documentation, "Single executable applications").
const sentinel = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'

/**
 * Puts the program and its assets into a copy of the pinned Node. Does nothing when `outfile` is already of this content.
 * `replaced`: files that stand in for assets of these names, for tests.
 */
export async function makeExecutable(
  target: keyof typeof targets,
  program: string,
  outfile: string,
  replaced: Readonly<Record<string, string>> = {},
): Promise<void> {
  const assets = { ...assetFiles(), ...replaced }
  // Compiled here already, so that it starts in two thirds of the time; only the runtime that compiled it can use that.
  const compiled = targets[target].runtime === targets[target].blobMaker
  const stampFile = join(dirname(outfile), `.${basename(outfile)}.stamp`)
  const stamp = contentStamp(
    [program, ...Object.values(assets)],
    JSON.stringify({ pinned, slim: true, names: Object.keys(assets), compiled }),
  )
  if (existsSync(outfile) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const work = mkdtempSync(`${outfile}.`)
  try {
    const blob = join(work, 'blob')
    const config = join(work, 'sea.json')
    writeFileSync(
      config,
      JSON.stringify({
        main: program,
        output: blob,
        disableExperimentalSEAWarning: true,
        useSnapshot: false,
        useCodeCache: compiled,
        assets,
      }),
    )
    // Without a seed of its own each build would have other hashes in its compiled code, and so other bytes.
    const args = ['--random-seed=1', '--experimental-sea-config', config]
    execFileSync(runtimeProgram(targets[target].blobMaker), args, { stdio: ['ignore', 'ignore', 'inherit'] })
    const copy = join(work, basename(outfile))
    const runtime = readFileSync(runtimeProgram(targets[target].runtime))
    writeFileSync(copy, target === 'windows' ? runtime : slimProgram(runtime))
    chmodSync(copy, 0o755)
    await inject(copy, 'NODE_SEA_BLOB', readFileSync(blob), { sentinelFuse: sentinel })
    renameSync(copy, outfile)
    writeFileSync(stampFile, stamp)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function contentStamp(files: readonly string[], more: string): string {
  const hash = createHash('sha256').update(more)
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}
