import { expect } from 'vitest'
import type { Person } from './person.ts'

/** A PC that is interpreted is asked late and answers late. */
const toleranceS = 300

/**
 * The PC's clock, which holds the time of day in UTC here, is read as Windows keeps it: as the time of day in Berlin, where
 * the person says to live.
 */
export async function expectWindowsClock(person: Person): Promise<void> {
  const [kept, zone, now, shown = ''] = await person.runs(
    "sed -n 3p /etc/adjtime; readlink /etc/localtime; date +%s; date '+%F %T'",
    120_000,
  )
  expect([kept, zone]).toEqual(['LOCAL', '/usr/share/zoneinfo/Europe/Berlin'])
  const host = Date.now() / 1000
  expect(Math.abs(Date.parse(`${shown.replace(' ', 'T')}Z`) / 1000 - host), shown).toBeLessThan(toleranceS)
  const ahead = host - Number(now)
  // One hour in winter, two in summer.
  expect(
    [1, 2].some((hours) => Math.abs(ahead - hours * 3600) < toleranceS),
    String(ahead),
  ).toBe(true)
}
