import { afterAll, beforeAll, it } from 'vitest'
import { offlineNtfs } from './offline-pc.ts'
import { OfflineStarts } from './offline-starts.ts'

const pcs = new OfflineStarts(offlineNtfs)
beforeAll(() => pcs.prepare(), 1_000_000)
afterAll(() => pcs.remove())

it('an NTFS is made smaller by a start of its own, and undo gives it back, with every file', async () => {
  await pcs.finish('whole', [], true)
})

it('a cut while the tool works, and one while the volume is changed, cost no file', async () => {
  const whileWorking = { line: /^Berth: working out/, delayMs: 1500 }
  const whileMerging = { line: /^Berth: bringing it/, delayMs: 300 }
  await pcs.finish('cut', [whileWorking, whileMerging])
})

it('it is as it was, to the byte, when the store runs full', async () => {
  await pcs.runFull()
})

it('it is as it was, and the present system starts, when the stage cannot read its job', async () => {
  await pcs.loseJob()
})
