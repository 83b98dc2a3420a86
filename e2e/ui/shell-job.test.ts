import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, it } from 'vitest'
import { Person } from './testing/clicks.ts'
import {
  installing,
  jobPc,
  looking,
  refusedPc,
  reviewingASwitch,
  undoing,
  type JobWorld,
} from './testing/job.ts'
import { environment, launch, makeStage, type Running, type Stage } from './testing/packaged-window.ts'
import { enginesOf } from './testing/processes.ts'
import { makePlace, type Place } from './testing/serving.ts'

let place: Place
let stage: Stage
let running: Running
let person: Person
beforeAll(async () => {
  place = makePlace()
  place.makePractice(jobPc, 'windows-gap')
  place.makePractice(refusedPc, 'bios')
  stage = await makeStage()
  running = await launch(stage, { env: place.env })
  person = new Person(running.page)
})
afterAll(async () => {
  await running.close()
  stage.remove()
  place.remove()
})

const world = (): JobWorld => ({
  place,
  running,
  person,
  engines: () => enginesOf(stage),
  startAgain: (...args) =>
    spawnSync(join(stage.folder, 'berth-window'), ['--no-sandbox', ...args], {
      env: environment(stage, place.env),
      timeout: 60_000,
    }).status,
})

looking(world)
installing(world)

it('starts the new system on its screen by one click, and Windows again after that', async () => {
  await person.presses('Restart into the new system now')
  await person.isAt('Practice PCs')
  await running.page.waitForSelector('.screen img', { timeout: 120_000 })
  await running.page.click('text=What it says')
  await person.sees('trial confirmed', 180_000)
  await person.presses('Cut the power')
  await person.sees('chosen for one start')
  await person.presses('Switch on')
  await person.sees('Windows stand-in', 180_000)
  await person.sees('first in the order', 60_000)
})

reviewingASwitch(world)
undoing(world)
