import { expect, it } from 'vitest'
import { compareSnapshots, type PcSnapshot } from '../../installer-core/practice/snapshot.ts'
import { answer, expectBerth, expectDone, type GuestStart, type LinuxGuest } from './linux-guest.ts'

/** How a whole job is to go. */
export interface WholeJob {
  readonly guest: () => LinuxGuest
  /** What everything has to be like in the end; taken after the firmware's first start. */
  readonly before: () => PcSnapshot
  /** Options of the installation. */
  readonly choices?: string
  /** Run before each look: what is not there by itself after a start. */
  readonly prepare?: string
  /** Run after the installation, before the restart. */
  readonly afterInstall?: string
}

/** Keeps the new system; then its entry is lost, and its place in the order, each by another tool, and each put right. */
const keepAndRepair = `
berth confirm confirm --yes
own_place kept
efibootmgr -q -B -b "$(own_entry)"
own_place deleted
berth entry repair --yes
own_place entry
forget_order
own_place forgotten
berth order repair --yes
own_place order
berth again repair --yes
berth switch switch berth`

/** Install, trial start, confirm, repair, switch, undo: as tests, one for each start of the PC. */
export function itDoesTheWholeJob({
  guest,
  before,
  choices = '',
  prepare = '',
  afterInstall = '',
}: WholeJob): void {
  const run = (script: string) => guest().start(`${prepare}\n${script}`)
  let start: GuestStart

  it('installs from the command line', async () => {
    start = await run(`install ${choices}\nberth status status\n${afterInstall}`)
    expectDone(start)
    expect(answer(start, 'install')['outcome'], start.lines.join('\n')).toBe('installed')
    expect(answer(start, 'status')['state']).toBe('trial')
  })

  it('starts the new system once, which confirms its trial', async () => {
    start = await guest().start('true')
    expectBerth(start)
    expect(start.lines.filter((line) => line.startsWith('Berth: trial confirmed'))).toHaveLength(1)
  })

  it('comes back to Debian, keeps the new system, puts its entry right whatever became of it, and switches to it', async () => {
    start = await run(keepAndRepair)
    expectDone(start)
    const said = start.lines.join('\n')
    expect(answer(start, 'confirm')['outcome'], said).toBe('confirmed')
    for (const repair of ['entry', 'order']) expect(answer(start, repair)['outcome'], said).toBe('repaired')
    expect(answer(start, 'again')['steps'], said).toEqual([])
    const places = start.lines.filter((line) => line.startsWith('own_place '))
    expect(places, said).toEqual([
      expect.stringMatching(/^own_place kept: [0-9A-F]{4} yes$/),
      'own_place deleted: none no',
      expect.stringMatching(/^own_place entry: [0-9A-F]{4} yes$/),
      expect.stringMatching(/^own_place forgotten: [0-9A-F]{4} no$/),
      expect.stringMatching(/^own_place order: [0-9A-F]{4} yes$/),
    ])
    expect(answer(start, 'switch')['outcome'], said).toBe('switched')
    expectBerth(await guest().start('true'))
  })

  it('takes everything away again: seen from outside, the PC is as it was', async () => {
    start = await run('berth undo undo --yes\nberth status status')
    expectDone(start)
    expect(answer(start, 'undo')['outcome'], start.lines.join('\n')).toBe('undone')
    expect(answer(start, 'status')['state']).toBe('absent')
    expect(compareSnapshots(before(), await guest().snapshot())).toEqual([])
  })
}
