import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../adapters/run-command.ts'
import { expectOk } from '../../base/result.ts'
import { templateNames } from '../../practice/templates/pc-templates.ts'
import { buildProgram } from '../program.ts'
import { commandTree, everyCommand } from './command-tree.ts'
import { completionScript } from './completion.ts'
import { manualPage } from './manual-page.ts'

const tree = commandTree(buildProgram())
const commands = tree.commands.map(({ name }) => name)
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-words-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function run(program: string, args: readonly string[]) {
  return expectOk(await runCommand({ program, args, timeoutMs: 60_000 }))
}

/** What bash would offer after these words. */
async function bashOffers(...words: readonly string[]): Promise<readonly string[]> {
  const script = file('berth.bash', completionScript('bash', tree))
  const line = words.map((word) => `'${word}'`).join(' ')
  const ask = `source "$1"; COMP_WORDS=(berth ${line}); COMP_CWORD=${words.length}; _berth; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = await run('bash', ['-c', ask, 'bash', script])
  return stdout.split('\n').filter((word) => word !== '')
}

/** What fish would offer at the end of this line. */
async function fishOffers(line: string): Promise<readonly string[]> {
  const script = file('berth.fish', completionScript('fish', tree))
  const { stdout } = await run('fish', [
    '--no-config',
    '-c',
    'source $argv[1]; complete -C $argv[2]',
    script,
    line,
  ])
  return stdout
    .split('\n')
    .map((offer) => offer.split('\t')[0] ?? '')
    .filter((offer) => offer !== '')
}

describe('completion', () => {
  it('offers every command, and what belongs to each, in bash', async () => {
    expect(await bashOffers('')).toEqual(expect.arrayContaining(commands))
    expect(await bashOffers('pl')).toEqual(['plan'])
    expect(await bashOffers('practice', '')).toEqual(expect.arrayContaining(['new', 'boot']))
    expect(await bashOffers('practice', 'new', '--like', '')).toEqual([...templateNames])
    expect(await bashOffers('plan', '--fin')).toEqual([])
    expect(await bashOffers('install', '--ye')).toEqual(['--yes'])
    expect(await bashOffers('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']))
  })

  it('does so in fish', async () => {
    expect(await fishOffers('berth ')).toEqual(expect.arrayContaining(commands))
    expect(await fishOffers('berth pl')).toEqual(['plan'])
    expect(await fishOffers('berth practice ')).toEqual(expect.arrayContaining(['new', 'boot']))
    expect(await fishOffers('berth practice new --like ')).toEqual(expect.arrayContaining([...templateNames]))
    expect(await fishOffers('berth install --ye')).toEqual(['--yes'])
  })

  it('is read by zsh without a complaint', async () => {
    const script = file('_berth', completionScript('zsh', tree))
    const line =
      'autoload -Uz compinit && compinit -u -D && source "$1" && print -r -- ${_comps[berth]} ${_berth_words[berth plan]}'
    const { stdout, stderr } = await run('zsh', ['-f', '-c', line, 'zsh', script])
    expect(stderr).toBe('')
    expect(stdout).toContain('--release')
  })
})

describe('the manual page', () => {
  const source = manualPage(tree, '1.2.3', '2026-01-02')

  it('is set without a warning, with every command and option in it', async () => {
    const page = file('berth.1', source)
    const { stdout, stderr } = await run('groff', ['-man', '-ww', '-Tutf8', '-P-cbou', '-rLL=200n', page])
    expect(stderr).toBe('')
    for (const { path, options, commands: below } of everyCommand(tree).slice(1)) {
      if (below.length > 0) continue
      expect(stdout).toContain(path)
      for (const { names } of options) expect(stdout).toContain(names.at(-1))
    }
    expect(stdout).toContain('Berth 1.2.3')
    expect(stdout).toMatch(/6\s+interrupted/)
  })
})
