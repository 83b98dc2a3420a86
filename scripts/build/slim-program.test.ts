import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runtimeProgram } from './runtimes.ts'
import { slimProgram } from './slim-program.ts'

it('takes from the pinned Node what only debuggers read, and it runs as before', () => {
  const node = readFileSync(runtimeProgram('linux'))
  const slim = slimProgram(node)
  expect(node.length - slim.length).toBeGreaterThan(10_000_000)
  expect(slimProgram(slim).equals(slim)).toBe(true)
  const folder = mkdtempSync(join(tmpdir(), 'berth-slim-'))
  try {
    const program = join(folder, 'node')
    writeFileSync(program, slim)
    chmodSync(program, 0o755)
    const script =
      'console.log(new Intl.NumberFormat("de").format(1234.5), process.config.variables.napi_build_version)'
    const said = (which: string) => execFileSync(which, ['-e', script], { encoding: 'utf8' })
    expect(said(program)).toBe(said(runtimeProgram('linux')))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('refuses what is no such program', () => {
  expect(() => slimProgram(Buffer.from('MZ, and nothing of ELF'))).toThrow('no 64-bit')
  const other = Buffer.alloc(64)
  other.write('\x7fELF\x02\x01', 'latin1')
  expect(() => slimProgram(other)).toThrow('usual order')
})
