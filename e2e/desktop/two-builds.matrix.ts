import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { expectOk } from '../../installer-core/base/result.ts'
import { findProgram } from '../../installer-core/adapters/run-command.ts'
import { buildDesktop } from '../../installer-core/system/desktop/build-desktop.ts'

/** Not in /tmp, which may be in memory: ten gigabytes for a while. */
const parent = join(homedir(), '.cache')
mkdirSync(parent, { recursive: true })
const folder = mkdtempSync(join(parent, 'berth-two-builds-'))
/** Inside the new root as well: what is below /tmp there never becomes part of the image. */
const clock = mkdtempSync('/tmp/berth-clock-')
const path = process.env['PATH']
afterAll(() => {
  process.env['PATH'] = path
  for (const made of [clock, folder]) rmSync(made, { recursive: true, force: true })
})

/**
 * An image builder that works a day later, in front of the real one: its programs, those in the new root too, are told so
 * by a library that is preloaded. It writes down what day it was there.
 */
function putClockForward(): void {
  const library = join(clock, 'tomorrow.so')
  execFileSync('cc', [
    '-shared',
    '-fPIC',
    '-O2',
    '-o',
    library,
    join(import.meta.dirname, 'tomorrow.c'),
    '-lc',
  ])
  const builder = join(clock, 'mmdebstrap')
  const script = `#!/bin/sh
# Gone before the packages become an archive.
case "$*" in *--format=tar*) away='rm -r "$1${clock}"' ;; *) away=true ;; esac
export LD_PRELOAD=${library}
exec ${expectOk(findProgram('mmdebstrap'))} \\
  --setup-hook='mkdir -p "$1${clock}" && cp ${library} "$1${library}"' \\
  --customize-hook='chroot "$1" date +%F >>${clock}/days' --customize-hook="$away" "$@"
`
  writeFileSync(builder, script)
  chmodSync(builder, 0o755)
  process.env['PATH'] = `${clock}:${path ?? ''}`
}

async function sumsOf(release: string): Promise<Readonly<Record<string, string>>> {
  const sums: Record<string, string> = {}
  for (const name of readdirSync(release)) {
    const hash = createHash('sha256')
    await pipeline(createReadStream(join(release, name)), hash)
    sums[name] = hash.digest('hex')
  }
  return sums
}

const day = (later: number) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10)

describe('two builds of the desktop', () => {
  it(
    'give the same bytes, the second with nothing kept, in another folder, a day later',
    { timeout: 3_600_000 },
    async () => {
      const first = expectOk(await buildDesktop({ out: join(folder, 'first') }))
      const sums = await sumsOf(first.folder)
      rmSync(first.folder, { recursive: true })
      const days = [day(1)]
      putClockForward()
      const second = await buildDesktop({
        out: join(folder, 'second'),
        cacheFolder: join(folder, 'nothing-kept'),
      })
      days.push(day(1))
      expect(await sumsOf(expectOk(second).folder)).toEqual(sums)
      expect(Object.keys(sums)).toContain('release.json')
      const there = readFileSync(join(clock, 'days'), 'utf8').trim().split('\n')
      expect(there, 'packages, then the image').toHaveLength(2)
      expect(days).toEqual(expect.arrayContaining(there))
    },
  )
})
