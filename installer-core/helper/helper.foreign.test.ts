import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { releaseAtHand } from '../plan/make-repair-plan.ts'
import { compareSnapshots, takeSnapshot } from '../practice/snapshot.ts'
import type { RunEvent } from '../model/report.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { installerOn } from './look.ts'
import { choices, helpedPc, release, value, type HelpedPc } from './testing/helped-pc.ts'

let world: HelpedPc
let open: OpenRelease

beforeAll(async () => {
  world = await helpedPc()
  open = value(await openReleaseFolder(join(world.releases, release)))
})
afterAll(() => world.remove())

describe('an installer in the hands of a helper', () => {
  it('sees and plans exactly what one in this process does, and changes nothing by it', async () => {
    const helper = world.start()
    const remote = helper.installer()
    const before = world.marks()
    const pc = value(await openPracticePc(world.pc, { access: 'read' }))
    const local = installerOn(pc.platform, pc.journalStore, '0.0.0-test')
    expect(value(await remote.machine())).toEqual(value(await local.machine()))
    expect(value(await remote.plan(choices, open))).toEqual(value(await local.plan(choices, open)))
    expect(value(await remote.planUndo())).toEqual(value(await local.planUndo()))
    expect(value(await remote.status())).toEqual(value(await local.status()))
    await pc.close()
    expect([world.marks(), world.changes()]).toEqual([before, 0])
    helper.child.stdin?.end()
    expect(await helper.ended).toEqual({ exit: 0, signal: null })
    expect(helper.said()).toBe('')
  })

  it('installs what was confirmed, tells it in order, finds it again, and takes it all away', async () => {
    const helper = world.start()
    const remote = helper.installer()
    const before = value(await takeSnapshot(world.pc))
    const { plan, machine } = value(await remote.plan(choices, open))
    const events: RunEvent[] = []
    const confirmation = { fingerprint: plan?.fingerprint ?? '', shown: machine }
    const report = value(
      await remote.install(choices, open, confirmation, { onEvent: (event) => events.push(event) }),
    )
    expect(report).toMatchObject({ outcome: 'installed', goal: 'install', failure: null })
    expect(report.changes).toBe(world.changes())
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index))
    expect(new Set(events.map((event) => event.event))).toEqual(
      new Set(['release-check', 'run-begun', 'step-begun', 'step-progress', 'step-ended']),
    )
    expect(value(await remote.status())).toMatchObject({ state: 'trial', release })
    const planned = await remote.planSwitch('windows')
    const fingerprint = value(planned).plan?.fingerprint ?? ''
    expect(value(await remote.run(planned, fingerprint))).toMatchObject({ outcome: 'switched' })
    const back = await remote.planSwitch('none')
    const agreed = value(back).plan?.fingerprint ?? ''
    expect(value(await remote.run(back, agreed))).toMatchObject({ outcome: 'switched' })
    const repair = value(await remote.planRepair(releaseAtHand(open))).plan?.fingerprint ?? ''
    expect(value(await remote.repair(open, repair))).toMatchObject({ failure: null })
    const journals = value(await remote.journal.runs())
    expect(journals.length).toBeGreaterThan(0)
    const undo = value(await remote.planUndo()).plan?.fingerprint ?? ''
    expect(value(await remote.undo(undo))).toMatchObject({ outcome: 'undone' })
    expect(compareSnapshots(before, value(await takeSnapshot(world.pc)))).toEqual([])
    expect(value(await remote.recover())).toMatchObject({ outcome: 'nothing-to-do' })
    helper.child.stdin?.end()
    expect(await helper.ended).toEqual({ exit: 0, signal: null })
    expect(helper.said()).toBe('')
  })

  it('stops at a safe point when asked to, and is as it was', async () => {
    const helper = world.start()
    const remote = helper.installer()
    const { plan } = value(await remote.plan(choices, open))
    const cancellation = { requested: false }
    const onEvent = (event: RunEvent) => {
      if (event.event === 'step-begun') cancellation.requested = true
    }
    const confirmation = { fingerprint: plan?.fingerprint ?? '', shown: null }
    const report = value(await remote.install(choices, open, confirmation, { cancellation, onEvent }))
    expect(report).toMatchObject({ outcome: 'rolled-back', failure: { code: 'cancelled' } })
    expect(value(await remote.status()).state).toBe('absent')
    helper.child.stdin?.end()
    await helper.ended
  })
})
