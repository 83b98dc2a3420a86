import { join } from 'node:path'
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCounts } from '../../installer-core/execute/testing/test-counts.ts'
import { bootVariables, partitionsOf, readBootFile, takeSnapshot, type Snapshot } from './linux-tools.ts'
import { holdLock } from './windows-lock.ts'
import { makeWindowsCase, type Answer, type WindowsCase } from './windows-berth.ts'

const xbootldr = 'bc13c2ff-59e6-4262-a352-b275fd6f7172'
let windows: WindowsCase
let release = ''
let before: Snapshot
let fingerprint = ''
let changes = 0

beforeAll(async () => {
  windows = await makeWindowsCase()
  release = join(windows.pc, '..', 'the release')
  before = takeSnapshot(windows.pc)
}, 600_000)
afterAll(() => windows.remove())

const last = ({ documents }: Answer) => documents.at(-1)
const told = (answer: Answer) => ({ status: answer.status, stderr: answer.stderr, ...last(answer) })

describe('Berth for Windows, under wine, in a folder with spaces and letters of three alphabets', () => {
  it('sees the PC as Berth for Linux does', () => {
    const seen = windows.onWindows(['probe', '--pc', windows.pc])
    expect(told(seen)).toMatchObject({ status: 0, schema: 'berth/machine/1' })
    expect(seen.documents).toEqual(windows.onLinux(['probe', '--pc', windows.pc]).documents)
  })

  it('makes the same plan, to the last byte of its fingerprint', () => {
    const args = ['plan', '--pc', windows.pc, '--release', release]
    const planned = windows.onWindows(args)
    expect(told(planned)).toMatchObject({ status: 0, schema: 'berth/plan/1' })
    expect(planned.documents).toEqual(windows.onLinux(args).documents)
    fingerprint = String(last(planned)?.['fingerprint'])
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
    expect(takeSnapshot(windows.pc)).toEqual(before)
  })

  it('installs; every byte of the others stays', () => {
    const args = ['install', '--pc', windows.pc, '--release', release, '--yes', fingerprint]
    const installed = windows.onWindows(args)
    expect(told(installed)).toMatchObject({ status: 0, schema: 'berth/report/1', outcome: 'installed' })
    changes = Number(last(installed)?.['changes'])
    const own = partitionsOf(windows.pc).find(({ type }) => type.toLowerCase() === xbootldr)!
    const after = takeSnapshot(windows.pc)
    expect(after.contents).toMatchObject(before.contents)
    expect(after.partitions).toEqual(expect.arrayContaining([...before.partitions]))
    const name = 'cut-test-1.0.0-x86_64.efi'
    const written = readBootFile(windows.pc, own, `/EFI/Berth/${name}`)
    expect(written.equals(readFileSync(join(release, name)))).toBe(true)
    const names = bootVariables(windows.pc).map((variable) => variable.name)
    expect(names).toEqual(expect.arrayContaining(['Boot0000', 'Boot0001', 'BootNext']))
  })

  it('tells how things are, as Berth for Linux does', () => {
    const status = windows.onWindows(['status', '--pc', windows.pc])
    expect(told(status)).toMatchObject({ status: 0, state: 'trial' })
    expect(status.documents).toEqual(windows.onLinux(['status', '--pc', windows.pc]).documents)
  })

  it('undoes everything', () => {
    const undone = windows.onWindows(['undo', '--pc', windows.pc, '--yes'])
    expect(told(undone)).toMatchObject({ status: 0, outcome: 'undone' })
    expect(takeSnapshot(windows.pc)).toEqual(before)
  })
})

const cuts = [0.2, 0.5, 0.8]
afterAll(() => writeCounts('windows', { 'cuts under wine': cuts.length }))
describe.each(cuts)('a cut after %d of the changes', (part) => {
  it('is recovered on Windows to one of two ends', () => {
    const pc = windows.copyPc(`cut ${part}`)
    const install = ['install', '--pc', pc, '--release', release, '--yes', fingerprint]
    expect(changes).toBeGreaterThan(10)
    const cutAfter = String(Math.round(changes * part))
    const cut = windows.onWindows(install, { BERTH_CUT_AFTER: cutAfter })
    expect(cut.status).not.toBe(0)
    expect(last(cut)?.['schema']).not.toBe('berth/report/1')
    expect(told(windows.onWindows(['status', '--pc', pc]))).toMatchObject({ state: 'interrupted' })
    expect(told(windows.onWindows(install))).toMatchObject({
      status: 3,
      outcome: 'refused',
      failure: { code: 'run-open' },
    })
    const recovered = windows.onWindows(['recover', '--pc', pc])
    expect(told(recovered)).toMatchObject({ status: 0, schema: 'berth/report/1' })
    if (last(recovered)?.['outcome'] === 'installed') {
      expect(told(windows.onWindows(['undo', '--pc', pc, '--yes']))).toMatchObject({ outcome: 'undone' })
    } else expect(last(recovered)?.['outcome']).toBe('rolled-back')
    expect(takeSnapshot(pc)).toEqual(before)
  })
})

describe('the lock of a process on Windows', () => {
  it('keeps others out while the process lives, and is no obstacle when it was killed', async () => {
    const pc = windows.copyPc('locked')
    const holder = await holdLock(join(pc, 'journal', 'open'))
    const refused = windows.onWindows(['undo', '--pc', pc, '--yes'])
    expect(told(refused)).toMatchObject({ status: 3, failure: { code: 'run-locked' } })
    await holder.kill()
    const recovered = windows.onWindows(['recover', '--pc', pc])
    expect(told(recovered)).toMatchObject({ status: 0, outcome: 'nothing-to-do' })
    expect(existsSync(join(pc, 'journal', 'open'))).toBe(false)
  })
})
