import { bootstrapExit } from './bootstrap.ts'
import { fail, type Err } from '../../base/result.ts'

/** The programs that can give full rights, in the order in which they are tried. */
export const elevators = ['pkexec', 'run0', 'sudo'] as const
export type Elevator = (typeof elevators)[number]

/** How somebody can be asked. */
export interface Asking {
  /** This process has a terminal on which a password can be typed. */
  readonly terminal: boolean
  /** SUDO_ASKPASS names a program that asks. */
  readonly askpass: boolean
}

/** The argument list that runs `inner` as root: the one place where it is written down. */
export function elevated(by: Elevator, inner: readonly string[], asking: Asking): readonly string[] {
  switch (by) {
    case 'pkexec':
      // Without a terminal its own agent cannot ask, and would only say so in a way that is hard to tell.
      return ['pkexec', ...(asking.terminal ? [] : ['--disable-internal-agent']), ...inner]
    case 'run0':
      return [
        'run0',
        '--background=',
        '--description=Berth helper',
        ...(asking.terminal ? [] : ['--no-ask-password']),
        '--',
        ...inner,
      ]
    case 'sudo':
      return ['sudo', ...(asking.askpass ? ['-A'] : asking.terminal ? [] : ['-n']), '--', ...inner]
  }
}

/** How a start that came to nothing ended. */
export interface StartEnd {
  readonly exitCode: number | null
  readonly signal: string | null
  /** The end of its standard error. */
  readonly said: string
}

const noAgent =
  /no authentication agent|authentication agent found|\/dev\/tty|interactive authentication|a terminal is required|a password is required|no askpass|no tty present/i
const noService =
  /PolicyKit1 was not provided|could not connect|error getting authority|system has not been booted|failed to connect to (system|bus)|must be setuid root|effective uid is not 0/i
const denied =
  /not authorized|dismissed|access denied|permission denied|not in the sudoers|not allowed|incorrect password|authentication failed|sorry/i

/**
 * Why nobody got full rights, by what the program that was asked for them said. `null`: it cannot work here at all, the next
 * one may. pkexec ends with 126 when the question was dismissed and with 127 for everything else (pkexec(1)).
 */
export function startFailure(by: Elevator | null, { exitCode, signal, said }: StartEnd): Err | null {
  switch (exitCode) {
    case bootstrapExit.altered:
      return fail('helper-altered', { what: 'SHA-256' })
    case bootstrapExit.noRoom:
      return fail('helper-altered', { what: '/run' })
    default:
  }
  if (by === null) return fail('helper-lost', { what: lastLine(said) || ended(exitCode, signal) })
  if (noService.test(said)) return null
  if (by === 'pkexec' && exitCode === 126) return fail('elevation-denied')
  if (noAgent.test(said)) return fail('elevation-no-agent', { what: by })
  if (denied.test(said)) return fail('elevation-denied', { what: by })
  if (by === 'pkexec' && exitCode === 127) return fail('elevation-denied', { what: by })
  return fail('helper-lost', { what: lastLine(said) || ended(exitCode, signal) })
}

function ended(exitCode: number | null, signal: string | null): string {
  return exitCode === null ? (signal ?? '') : `exit ${exitCode}`
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? ''
}
