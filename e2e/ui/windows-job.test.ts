import { afterAll, beforeAll } from 'vitest'
import { Person } from './testing/clicks.ts'
import { installing, jobPc, looking, refusedPc, undoing, type JobWorld } from './testing/job.ts'
import { makePlace, type Place } from './testing/serving.ts'
import { openWindowsWindow, type WindowsWindow } from './testing/windows-window.ts'

let place: Place
let window: WindowsWindow
let person: Person
beforeAll(async () => {
  place = makePlace()
  place.makePractice(jobPc, 'windows-gap')
  place.makePractice(refusedPc, 'bios')
  window = await openWindowsWindow(place)
  person = new Person(window.running.page)
})
afterAll(async () => {
  await window.close()
  place.remove()
})

// The same as on Linux, but for starting the practice PC: there is no QEMU for wine here.
const world = (): JobWorld => ({
  place,
  running: window.running,
  person,
  engines: () => window.engines(),
  startAgain: () => window.startAgain(),
})
looking(world)
installing(world)
undoing(world)
