import { describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { findProgram, runCommand, startCommand } from './run-command.ts'

const timeoutMs = 20_000

describe('runCommand', () => {
  it('hands over arguments as they are and records the command', async () => {
    const args = ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', 'a b', '$HOME', '"']
    const { stdout, record } = expectOk(await runCommand({ program: process.execPath, args, timeoutMs }))
    expect(JSON.parse(stdout)).toEqual(['a b', '$HOME', '"'])
    expect(record).toMatchObject({
      program: process.execPath,
      args,
      exitCode: 0,
      signal: null,
      output: stdout,
    })
  })

  it('feeds standard input and keeps the language fixed', async () => {
    const script = 'process.stdin.on("data", (d) => process.stdout.write(process.env.LC_ALL + d))'
    const result = await runCommand({
      program: process.execPath,
      args: ['-e', script],
      input: '!',
      env: { LC_ALL: 'de_DE.UTF-8' },
      timeoutMs,
    })
    expect(expectOk(result).stdout).toBe('C!')
  })

  it('tells a missing program from a failing one', async () => {
    const missing = await runCommand({ program: 'ntfsresize-nowhere', args: [], timeoutMs })
    expect(missing).toMatchObject({ ok: false, failure: { code: 'tool-missing' } })
    const failing = await runCommand({
      program: process.execPath,
      args: ['-e', 'console.error("no"); process.exit(7)'],
      timeoutMs,
    })
    expect(failing).toMatchObject({
      ok: false,
      failure: { code: 'tool-failed', facts: { exitCode: 7, reason: 'exit' }, command: { output: 'no\n' } },
    })
  })

  it('ends a program that takes too long', async () => {
    const args = ['-e', 'setInterval(() => {}, 1000)']
    const result = await runCommand({ program: process.execPath, args, timeoutMs: 300 })
    expect(result).toMatchObject({
      ok: false,
      failure: { code: 'tool-failed', facts: { reason: 'timeout' } },
    })
  })

  it('finds programs of the system folders without them on the PATH', () => {
    const before = process.env['PATH']
    process.env['PATH'] = '/nowhere'
    try {
      expect(expectOk(findProgram('sgdisk'))).toMatch(/sbin\/sgdisk$/)
    } finally {
      process.env['PATH'] = before
    }
  })
})

describe('startCommand', () => {
  it('gives the streams and ends the program on request', async () => {
    const script = 'process.stdin.on("data", (d) => process.stdout.write("got " + d))'
    const running = expectOk(startCommand({ program: process.execPath, args: ['-e', script] }))
    running.stdin.write('it')
    const line = await new Promise<string>((resolve) =>
      running.stdout.once('data', (data: Buffer) => resolve(data.toString())),
    )
    expect(line).toBe('got it')
    running.kill()
    expect(await running.ended).toMatchObject({ signal: 'SIGKILL' })
  })
})
