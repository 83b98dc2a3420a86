import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ScenarioPc } from '../boot/scenario.ts'
import { DesktopCase, expectWayBack, linesOf, sitAt, startLimitMs, startsOf } from './desktop-pc.ts'
import { writeInEtc } from './partition-place.ts'

const own = new DesktopCase()
const reports = mkdtempSync(join(tmpdir(), 'berth-reports-'))
afterAll(() => {
  own.remove()
  rmSync(reports, { recursive: true })
})

/** Five failures count as five in a row however slow the PC is. */
const brokenGreeter = '[Unit]\nStartLimitIntervalSec=1h\n[Service]\nExecStart=\nExecStart=/bin/false\n'

/** Starts Berth's system, which is cut off when it has said this. */
async function startUntil(pc: ScenarioPc, said: RegExp): Promise<void> {
  const boot = await sitAt(pc, {}, async (person) => {
    await person.reads(said, startLimitMs)
    await person.pc.cutPower()
  })
  expect(startsOf(boot)).toEqual([[expect.stringContaining('Berth'), 'boot-next', 'cut']])
}

/** What Berth, in the other system, puts into its report of the start that failed. */
async function toldIn(pc: ScenarioPc, name: string): Promise<readonly string[]> {
  expect(await pc.findings()).toEqual(['berth-start-failed'])
  const folder = join(reports, name)
  expect((await pc.berth('report', folder)).exitCode).toBe(0)
  return readFileSync(join(folder, 'failed-start.txt'), 'utf8').split('\n')
}

describe('a desktop whose login screen does not come', () => {
  const title =
    'starts Windows after two such starts, tells there what they said, and leaves nothing behind that an undo stops at'
  it(title, { timeout: 3 * startLimitMs }, async () => {
    const pc = await own.pc()
    const before = await pc.snapshot()
    await pc.install()
    await startUntil(pc, /^Berth: handing over/)
    expect(await pc.findings()).toEqual([])

    await writeInEtc(pc, 'systemd/system/greetd.service.d/broken.conf', brokenGreeter)
    await pc.switchTo('berth')
    await startUntil(pc, /^Berth: kept for the other system: /)
    const second = await toldIn(pc, 'second')
    // On a PC so slow that greetd is started after three minutes, that is what is said first.
    const why = /^(the login screen could not be started|no login screen came in three minutes)$/
    expect(second.slice(0, 2)).toEqual([expect.stringMatching(/^desktop-/), expect.stringMatching(why)])
    const journal = /^\[ *\d+\.\d+\] systemd\[1\]: /
    expect(second).toContainEqual(expect.stringMatching(journal))

    await pc.switchTo('berth')
    const boot = await pc.boot({ until: 'windows', limitSeconds: startLimitMs / 1000 })
    expectWayBack(boot)
    const reason = 'the last two starts did not reach the login screen'
    expect(linesOf(boot, 0)).toContain(`Berth: ${reason}`)
    const third = await toldIn(pc, 'third')
    expect(third[1]).toBe(reason)
    // Read by the initrd in the journal on the data partition.
    expect(third).toContainEqual(expect.stringMatching(journal))
    await pc.undo()
    await pc.expectUnchangedSince(before)
  })
})
