import { afterAll, describe, expect, it } from 'vitest'
import { DesktopCase, expectWayBack, linesOf, sitAt, startLimitMs, startsOf } from './desktop-pc.ts'

const own = new DesktopCase()
afterAll(() => own.remove())

describe('a desktop whose login screen does not come', () => {
  it('starts Windows after two such starts, and leaves nothing behind that an undo stops at', async () => {
    const pc = await own.pc()
    const before = await pc.snapshot()
    await pc.install()
    for (const attempt of [1, 2]) {
      if (attempt > 1) await pc.switchTo('berth')
      const boot = await sitAt(pc, {}, async (person) => {
        await person.reads(/^Berth: handing over/, startLimitMs)
        await person.pc.cutPower()
      })
      expect(startsOf(boot)).toEqual([[expect.stringContaining('Berth'), 'boot-next', 'cut']])
    }
    await pc.switchTo('berth')
    const boot = await pc.boot({ until: 'windows', limitSeconds: startLimitMs / 1000 })
    expectWayBack(boot)
    expect(linesOf(boot, 0)).toContain('Berth: the last two starts did not reach the login screen')
    expect(await pc.findings()).toEqual([])
    await pc.undo()
    await pc.expectUnchangedSince(before)
  })
})
