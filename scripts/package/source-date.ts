import { execFileSync } from 'node:child_process'
import { root } from '../build/bundle.ts'

/**
 * When the sources were last changed, in seconds since 1970: SOURCE_DATE_EPOCH, else the time of the checkout's commit.
 * Everything in a package carries this time, so that two builds of one commit are the same to the byte.
 * @throws outside of a checkout when SOURCE_DATE_EPOCH is not set.
 */
export function sourceDate(env: NodeJS.ProcessEnv = process.env): number {
  const told = env['SOURCE_DATE_EPOCH']
  const text =
    told ?? execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).trim()
  if (!/^\d{1,11}$/.test(text)) throw new Error(`The time of the sources is no number of seconds: ${text}`)
  return Number(text)
}

/** `2026-11-21`. */
export function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10)
}
