import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import type { CommandRecord } from '../base/failure.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { packageOf } from './tool-packages.ts'

/** A program to run: an argument list, never a shell string. */
export interface Command {
  readonly program: string
  readonly args: readonly string[]
  /** What it reads from its standard input; nothing when absent. */
  readonly input?: string | Uint8Array
  /** Added to the environment. `LC_ALL` is always `C`, so that output is not translated. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** What a command that ended well printed. */
export interface CommandOutput {
  readonly stdout: string
  readonly stderr: string
  readonly record: CommandRecord
}

/** A program that goes on running: its streams, its end, and a way to end it. */
export interface RunningCommand {
  readonly pid: number
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** How it ended. Never rejects. */
  readonly ended: Promise<{ readonly exitCode: number | null; readonly signal: string | null }>
  /** Sends a signal, SIGKILL unless told otherwise; nothing when it has ended already. */
  kill(signal?: 'SIGTERM' | 'SIGKILL' | 'SIGINT'): void
}

const keptOutput = 4000
const sbin = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** The folders searched for programs: PATH, then the system folders that a normal user's PATH leaves out. */
function searchPath(): readonly string[] {
  const own = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return process.platform === 'win32' ? own : [...own, ...sbin.filter((folder) => !own.includes(folder))]
}

/** The full path of a program, or `tool-missing` with `tool` and the Debian `package` that has it. */
export function findProgram(program: string): Result<string> {
  const names = process.platform === 'win32' ? [program, `${program}.exe`] : [program]
  const places = isAbsolute(program) ? [''] : searchPath()
  const found = places.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable)
  return found === undefined
    ? fail('tool-missing', { tool: program, package: packageOf(program) })
    : ok(found)
}

/**
 * Runs a program to its end. `tool-missing` when it is not installed; `tool-failed` (facts tool, exitCode, signal,
 * reason: `exit`, `signal`, `timeout` or `start`) for every end but exit code 0.
 */
export async function runCommand(
  command: Command & { readonly timeoutMs: number },
): Promise<Result<CommandOutput>> {
  const found = findProgram(command.program)
  if (!found.ok) return found
  const started = performance.now()
  const child = spawnPlain(found.value, command)
  const stdout = collect(child.stdout)
  const stderr = collect(child.stderr)
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(command.input ?? '')
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    child.kill('SIGKILL')
  }, command.timeoutMs)
  const end = await endOf(child)
  clearTimeout(timer)
  const output = { stdout: stdout(), stderr: stderr() }
  const record: CommandRecord = {
    program: command.program,
    args: command.args,
    exitCode: end.exitCode,
    signal: end.signal,
    durationMs: Math.round(performance.now() - started),
    output: `${output.stdout}${output.stderr}`.slice(-keptOutput),
  }
  if (end.exitCode === 0) return ok({ ...output, record })
  const reason = timedOut ? 'timeout' : end.startError !== null ? 'start' : end.signal ? 'signal' : 'exit'
  const facts = { tool: command.program, exitCode: end.exitCode, signal: end.signal, reason }
  return fail('tool-failed', facts, { command: record })
}

/** Starts a program that goes on running. */
export function startCommand(command: Command): Result<RunningCommand> {
  const found = findProgram(command.program)
  if (!found.ok) return found
  const child = spawnPlain(found.value, command)
  const { stdin, stdout, stderr, pid } = child
  const ended = endOf(child)
  if (stdin === null || stdout === null || stderr === null || pid === undefined)
    return fail('tool-failed', { tool: command.program, exitCode: null, signal: null, reason: 'start' })
  stdin.on('error', () => undefined)
  if (command.input !== undefined) stdin.write(command.input)
  return ok({
    pid,
    stdin,
    stdout,
    stderr,
    ended,
    kill: (signal = 'SIGKILL') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    },
  })
}

function spawnPlain(path: string, command: Command): ChildProcess {
  return spawn(path, [...command.args], {
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    env: { ...process.env, ...command.env, LC_ALL: 'C', LANGUAGE: 'C', PATH: searchPath().join(delimiter) },
    stdio: ['pipe', 'pipe', 'pipe'],
    shell: false,
    windowsHide: true,
  })
}

function endOf(
  child: ChildProcess,
): Promise<{ exitCode: number | null; signal: string | null; startError: Error | null }> {
  return new Promise((resolve) => {
    child.once('error', (startError) => resolve({ exitCode: null, signal: null, startError }))
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal, startError: null }))
  })
}

function collect(stream: Readable | null): () => string {
  const pieces: Buffer[] = []
  stream?.on('data', (piece: Buffer) => pieces.push(piece))
  return () => Buffer.concat(pieces).toString('utf8')
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
