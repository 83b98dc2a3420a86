import { describe, expect, it } from 'vitest'
import type { Person } from './clicks.ts'
import type { Running } from './packaged-window.ts'
import { until } from './processes.ts'
import type { Place } from './serving.ts'

/** A packaged window that runs, with two practice PCs: one that can be helped, one that cannot. */
export interface JobWorld {
  readonly place: Place
  readonly running: Running
  readonly person: Person
  /** The ids of the window's engines. */
  readonly engines: () => number[]
  /** Starts the program once more; gives its exit code. */
  readonly startAgain: (...args: readonly string[]) => number | null
}

/** The practice PC that the job is done on. */
export const jobPc = 'job-pc'
export const refusedPc = 'old-pc'

/** Before anything is changed: a refusal, the plan, and what a window does about a second start. */
export function looking(world: () => JobWorld): void {
  describe('looking, by clicking in the packaged window', () => {
    it('refuses a PC that cannot be helped, with the reason', async () => {
      const { person } = world()
      await person.looksAt(refusedPc)
      await person.sees('Stands in the way')
      await person.presses('Continue')
      await person.isAt('Which system would you like?')
      expect(await person.cannotPress('Continue')).toBe(true)
    })

    it('shows everything that will change, and copies it as text', async () => {
      const { person, running, place } = world()
      await person.looksAt(jobPc)
      await person.readsThePlan()
      await person.presses('Copy as text')
      await person.sees('Copied.')
      const copied = await running.app.evaluate(({ clipboard }) => clipboard.readText())
      expect(copied).toContain('Boot')
      expect(copied.split('\n').length).toBeGreaterThan(5)
      expect(place.status(jobPc).state).toBe('absent')
    })

    it('is one program: a second start ends, and the first one stays as it is', async () => {
      const { running, engines, startAgain } = world()
      expect(startAgain()).toBe(0)
      const windows = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
      expect(windows).toBe(1)
      expect(engines()).toHaveLength(1)
    })
  })
}

/** Stopping on the way, and an installation that stays with a page that is loaded anew. */
export function installing(world: () => JobWorld): void {
  const staysAwake = () =>
    world().running.app.evaluate(({ powerSaveBlocker }) =>
      [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)),
    )

  /** Lets the engine stand still meanwhile, so that a change is sure to be under way and not over by then. */
  const inTheMiddle = async (work: () => Promise<void>): Promise<void> => {
    const [engine] = world().engines()
    if (engine === undefined) throw new Error('There is no engine')
    process.kill(engine, 'SIGSTOP')
    try {
      await work()
    } finally {
      process.kill(engine, 'SIGCONT')
    }
  }

  describe('installing, by clicking in the packaged window', () => {
    it('stops safely on the way and takes back what was begun; the PC is kept awake meanwhile', async () => {
      const { person, running, place } = world()
      expect(await person.confirms()).toMatch(/^Add .* to unused space on /)
      await running.page.waitForSelector('.step-working')
      await inTheMiddle(async () => {
        expect(await staysAwake()).toBe(true)
        await person.presses('Stop safely')
        await person.presses('Stop and take back')
      })
      await person.isAt('It did not work, and everything was taken back', 120_000)
      expect(place.status(jobPc).state).toBe('absent')
      await until(async () => !(await staysAwake()))
    })

    it('installs, and stays with it when its page is loaded anew', async () => {
      const { person, running, place } = world()
      await person.looksAt(jobPc)
      await person.readsThePlan()
      await person.confirms()
      await running.page.waitForSelector('.step-working')
      await inTheMiddle(async () => void (await running.page.reload()))
      await person.isAt('The new system is in place', 120_000)
      await person.sees('What was proven')
      expect(await running.page.innerText('main')).not.toMatch(/\$&|\[object|undefined/)
      expect(place.status(jobPc).state).toBe('trial')
    })
  })
}

/** What the menu entry "Restart into Windows" does, while the window is open. */
export function reviewingASwitch(world: () => JobWorld): void {
  describe('opened by the action of the menu entry', () => {
    it('shows the review of the switch in the window that is there, and switches nothing by itself', async () => {
      const { person, running, place, startAgain, engines } = world()
      const before = place.status(jobPc)
      expect(startAgain(`--page=#/review?target=practice:${jobPc}&topic=switch-windows`)).toBe(0)
      await person.isAt('Choose what starts next')
      await running.page.waitForSelector('.plan-steps li')
      await person.sees('Choose for the next start')
      expect(engines()).toHaveLength(1)
      expect(place.status(jobPc)).toEqual(before)
      expect(startAgain('--page=https://example.org/')).toBe(0)
      await person.isAt('Choose what starts next')
      await person.presses('Back')
      await person.isAt('Systems on this PC')
      expect(place.status(jobPc)).toEqual(before)
    })
  })
}

/** Taking the system away, with an engine that dies on the way. */
export function undoing(world: () => JobWorld): void {
  describe('undoing, by clicking in the packaged window', () => {
    it('says so when the engine died in the middle of a change, and brings the PC to one of two clean ends', async () => {
      const { person, running, place, engines } = world()
      await person.looksAt(jobPc)
      await person.presses('Go to the overview')
      await person.presses('Uninstall')
      await person.isAt('This is everything that will be taken away')
      await running.page.waitForSelector('.plan-steps li')
      expect(await person.confirms()).toMatch(/^Take .* away from /)
      await running.page.waitForSelector('.step-working')
      const [engine] = engines()
      process.kill(engine ?? 0, 'SIGKILL')
      // A quick PC may have come to the end of it just before; then there is nothing to go on with.
      if (place.status(jobPc).state === 'interrupted') {
        await person.sees('A change was interrupted', 60_000)
        await person.presses('Go on or take it back')
      }
      await person.sees('Go to the overview', 120_000)
      expect(engines()).not.toContain(engine)
      expect(place.status(jobPc).state).toMatch(/^(absent|trial)$/)
    })

    it('complained of nothing on the way', () => {
      expect(world().running.errors).toEqual([])
    })
  })
}
