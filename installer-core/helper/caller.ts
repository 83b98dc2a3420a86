import { fstatSync, readFileSync } from 'node:fs'
import { fail, ok, type Err, type Result } from '../base/result.ts'

/** A user by number, with the group that its processes run as. */
export interface Caller {
  readonly uid: number
  readonly gid: number
}

/** What there is to tell by who called. */
export interface CallerClues {
  /** What pkexec, sudo or run0 said in PKEXEC_UID or SUDO_UID; null: nobody said anything. */
  readonly claimed: string | null
  /** Who made the stream that requests come from: the kernel's word. */
  readonly channel: Caller
  /** The nearest process above this one that does not run as root, by /proc; null: there is none. */
  readonly ancestor: Caller | null
}

const root: Caller = { uid: 0, gid: 0 }

/**
 * As whom files are read. What the environment claims has to be borne out by the kernel, and nothing the kernel says may
 * speak against it: `not-permitted` otherwise. Without a claim root itself called.
 */
export function callerOf({ claimed, channel, ancestor }: CallerClues): Result<Caller> {
  if (claimed === null || claimed === '0') return channel.uid === 0 ? ok(root) : contradicts(claimed, channel)
  const uid = /^\d{1,10}$/.test(claimed) ? Number(claimed) : null
  const clues = [channel, ...(ancestor === null ? [] : [ancestor])].filter((clue) => clue.uid !== 0)
  const [first] = clues
  if (uid === null || first === undefined) return contradicts(claimed, channel)
  return clues.every((clue) => clue.uid === uid) ? ok(first) : contradicts(claimed, first)
}

/** The clues of this process. */
export function readClues(env: Readonly<Record<string, string | undefined>> = process.env): CallerClues {
  const { uid, gid } = fstatSync(0)
  const claims = [env['PKEXEC_UID'], env['SUDO_UID']].filter((claim) => claim !== undefined && claim !== '')
  return { claimed: claims[0] ?? null, channel: { uid, gid }, ancestor: ancestorOf(process.ppid) }
}

/** Real user and group ids are the first numbers of Linux' /proc/PID/status; a chain longer than this is no launcher's. */
function ancestorOf(parent: number, depth = 16): Caller | null {
  if (parent <= 1 || depth === 0) return null
  const status = statusOf(parent)
  const [uid, gid, above] = ['Uid', 'Gid', 'PPid'].map((key) =>
    Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0),
  )
  return uid === undefined || uid === 0 ? ancestorOf(above ?? 0, depth - 1) : { uid, gid: gid ?? uid }
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

function contradicts(claimed: string | null, found: Caller): Err {
  return fail('not-permitted', { what: `called by ${found.uid}, not by ${claimed ?? 'root'}` })
}
