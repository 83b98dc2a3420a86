import { expect } from 'vitest'
import { scenario } from './scenario.ts'

// A sample of the cuts that the proof project makes by the thousand, here judged by real firmware: one in the sectors of
// the shrinking volume, between table copies, in the new file system, in the files, and after the boot entry.
for (const after of [12, 34, 48, 66, 80]) {
  scenario(
    'windows',
    `power lost after change ${after}: Windows starts, and recovery ends the run`,
    async (pc) => {
      const before = await pc.snapshot()
      await pc.installUntilCut(after)
      await pc.expectWindows('first-in-order')
      expect(await pc.recover()).toBe('rolled-back')
      await pc.expectUnchangedSince(before)
    },
  )
}
