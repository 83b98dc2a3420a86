import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import type { RunEvent } from '../model/report.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import { compareSnapshots, takeSnapshot, type PcSnapshot } from '../practice/snapshot.ts'
import { choices, helpedPc, release, value, type HelpedPc, type HelperProcess } from './testing/helped-pc.ts'

/* How a helper ends: when nothing is asked of it, and when it is told to. */
let world: HelpedPc
let open: OpenRelease
let before: PcSnapshot

beforeAll(async () => {
  world = await helpedPc()
  open = value(await openReleaseFolder(join(world.releases, release)))
  before = value(await takeSnapshot(world.pc))
})
afterAll(() => world.remove())

const wellEnded = { exit: 0, signal: null }

describe('a helper that nothing is asked of', () => {
  it('ends by itself, and its caller is told so', async () => {
    const marks = world.marks()
    const helper = world.start({ BERTH_HELPER_IDLE_MS: '500' })
    const client = helper.client()
    value(await client.ready)
    await client.closed
    expect(await helper.ended).toEqual(wellEnded)
    expect(await client.call('probe', {})).toMatchObject({ ok: false, failure: { code: 'helper-lost' } })
    expect([world.marks(), helper.said()]).toEqual([marks, ''])
  })

  it('takes nothing for a request that is none: noise keeps no helper alive', async () => {
    const helper = world.start({ BERTH_HELPER_IDLE_MS: '500' })
    value(await helper.client().ready)
    const noise = setInterval(
      () => helper.child.stdin?.write('{"jsonrpc":"2.0","id":0,"method":"probe"}\n'),
      50,
    )
    helper.child.stdin?.on('error', () => undefined)
    expect(await helper.ended).toEqual(wellEnded)
    clearInterval(noise)
  })
})

/** Begins an installation and sends the signal in the middle of its first step; what the caller was told. */
async function signalled(helper: HelperProcess, signal: 'SIGTERM' | 'SIGINT') {
  const remote = helper.installer()
  const { plan } = value(await remote.plan(choices, open))
  let sent = false
  const onEvent = (event: RunEvent) => {
    if (event.event !== 'step-begun' || sent) return
    sent = true
    helper.child.kill(signal)
  }
  const confirmation = { fingerprint: plan?.fingerprint ?? '', shown: null }
  const ran = await remote.install(choices, open, confirmation, { onEvent })
  return { remote, ran }
}

describe('a helper that gets a signal', () => {
  it('SIGTERM in the middle: takes back what was begun, says so, and ends', async () => {
    const helper = world.start()
    const { ran } = await signalled(helper, 'SIGTERM')
    expect(value(ran)).toMatchObject({ outcome: 'rolled-back', failure: { code: 'cancelled' } })
    expect(await helper.ended).toEqual(wellEnded)
    expect(compareSnapshots(before, value(await takeSnapshot(world.pc)))).toEqual([])
  })

  it('SIGTERM with nothing under way: ends', async () => {
    const marks = world.marks()
    const helper = world.start()
    value(await helper.client().ready)
    helper.child.kill('SIGTERM')
    expect(await helper.ended).toEqual(wellEnded)
    expect(world.marks()).toBe(marks)
  })

  it('SIGINT in the middle: takes back what was begun, and is there for the next request', async () => {
    const helper = world.start()
    const { remote, ran } = await signalled(helper, 'SIGINT')
    expect(value(ran)).toMatchObject({ outcome: 'rolled-back', failure: { code: 'cancelled' } })
    expect(value(await remote.status()).state).toBe('absent')
    helper.child.stdin?.end()
    expect(await helper.ended).toEqual(wellEnded)
    expect(compareSnapshots(before, value(await takeSnapshot(world.pc)))).toEqual([])
  })
})
