import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import { writeCounts } from '../execute/testing/test-counts.ts'
import { fuzzInputs, seeded } from '../formats/testing/fuzz.ts'
import { hashText } from '../adapters/node-hasher.ts'
import { planForRelease } from '../plan/plan-for-release.ts'
import { streamTransport } from '../transport/stream-transport.ts'
import { choices, helpedPc, release, value, type HelpedPc, type HelperProcess } from './testing/helped-pc.ts'
import { HostileRequests, type Hostile, type Known } from './testing/hostile-requests.ts'
import { helperAnswers, helperRequests, type ProbeAnswer } from './wire.ts'

const perRound = 50
/** Rounds between two looks. */
const roundsPerLook = 400

let world: HelpedPc

beforeAll(async () => {
  world = await helpedPc()
})
afterAll(() => world.remove())

interface Answer {
  readonly id: number | null
  readonly result?: unknown
  readonly error?: { readonly data: { readonly code: string } }
}

/** Speaks frames with a helper: each gets exactly one answer. */
class Wire {
  readonly #transport
  readonly #waiting: {
    readonly resolve: (answers: readonly Answer[]) => void
    readonly reject: (error: Error) => void
  }[] = []
  #answers: Answer[] = []
  #wanted = 0

  constructor({ child }: HelperProcess) {
    this.#transport = streamTransport(child.stdout!, child.stdin!)
    this.#transport.onFrame((frame) => {
      const said = JSON.parse(frame) as Answer & { readonly method?: string }
      if (said.method !== undefined) return
      this.#answers.push(said)
      if (this.#answers.length === this.#wanted) this.#waiting.shift()?.resolve(this.#answers)
    })
    this.#transport.onClose(() => {
      for (const { reject } of this.#waiting) reject(new Error('The helper ended before it had answered.'))
    })
  }

  ask(frames: readonly string[]): Promise<readonly Answer[]> {
    this.#answers = []
    this.#wanted = frames.length
    const answered = new Promise<readonly Answer[]>((resolve, reject) =>
      this.#waiting.push({ resolve, reject }),
    )
    for (const frame of frames) this.#transport.send(frame)
    return answered
  }
}

/** Every plan of a look that could be confirmed: what no hostile request may name together with that look. */
async function knownFrom(looked: ProbeAnswer): Promise<Known & { readonly install: string }> {
  const open = value(await openReleaseFolder(join(world.releases, release)))
  const install = value(planForRelease(looked.machine, choices, open, hashText)).plan?.fingerprint ?? ''
  const { confirm, undo, repair, switch: other } = looked.plans
  const rooms = [looked.plans.clearRoom, ...(looked.plans.room === null ? [] : [looked.plans.room])]
  const plans = [
    confirm.present,
    confirm.new,
    ...Object.values(other),
    ...Object.values(repair),
    undo,
    ...rooms,
  ]
  const later = plans.flatMap((one) =>
    one.ok && one.value.plan !== null ? [one.value.plan.fingerprint] : [],
  )
  const recover = looked.recover.ok ? [looked.recover.value] : []
  return { probe: looked.probe, fingerprints: [install, ...later, ...recover], install }
}

/** What a storm of requests came to. */
interface Storm {
  requests: number
  valid: number
  readonly codes: Record<string, number>
}

/** One helper under fire, which goes on being the same process. */
class Siege {
  readonly helper = world.start()
  readonly #wire = new Wire(this.helper)
  readonly #hostile = new HostileRequests(seeded(0x68656c70))

  async ask(method: string, params: object): Promise<Answer | undefined> {
    const [answer] = await this.#wire.ask([
      JSON.stringify({ jsonrpc: '2.0', id: this.#hostile.heardId(), method, params }),
    ])
    return answer
  }

  async look() {
    return knownFrom(helperAnswers.probe.parse((await this.ask('probe', {}))?.result))
  }

  /** So many requests of which none may change anything, and the proof from below that none did. */
  async storm(requests: number): Promise<Storm> {
    const before = [world.changes(), world.marks()]
    const storm: Storm = { requests: 0, valid: 0, codes: {} }
    let known = await this.look()
    for (let round = 1; storm.requests < requests; round += 1) {
      if (round % roundsPerLook === 0) known = await this.look()
      const asked: Hostile[] = Array.from({ length: perRound - 1 }, () => this.#hostile.shallow(known))
      asked.push(this.#hostile.deep(known))
      for (const { result, error } of await this.#wire.ask(asked.map((one) => one.frame))) {
        const code = error?.data.code ?? 'answered'
        storm.codes[code] = (storm.codes[code] ?? 0) + 1
        // Nothing was under way to be stopped, and nothing else was answered.
        if (error === undefined) expect(result).toEqual({ stopping: false })
      }
      storm.requests += asked.length
      storm.valid += asked.filter((one) => one.valid && followsSchema(one.frame)).length
    }
    expect([world.changes(), world.marks()]).toEqual(before)
    expect(this.helper.said()).toBe('')
    return storm
  }
}

it('no request but a confirmed one changes anything, however many there are', async () => {
  const siege = new Siege()
  const untouched = await siege.storm(fuzzInputs / 2)
  expect(world.changes()).toBe(0)
  // The very same process does what is confirmed, and the counter counts.
  const { probe, install: fingerprint } = await siege.look()
  const done = await siege.ask('run', { probe, fingerprint, goal: 'install', release, choices })
  expect(done?.result).toMatchObject({ report: { outcome: 'installed' } })
  expect(world.changes()).toBeGreaterThan(20)
  // Now there are plans to keep, to switch and to take away, which nobody confirms.
  const installed = await siege.storm(fuzzInputs / 2)
  for (const { requests, valid, codes } of [untouched, installed]) {
    expect(valid * 2).toBeGreaterThan(requests)
    expect(codes['fingerprint-differs']).toBeGreaterThan(requests / perRound / 8)
    for (const code of ['malformed', 'unsupported', 'usage']) expect(codes[code], code).toBeGreaterThan(0)
  }
  writeCounts('helper-fuzz', {
    'helper requests': untouched.requests + installed.requests,
    'helper requests of right form': untouched.valid + installed.valid,
  })
  console.log(`helper: ${JSON.stringify([untouched, installed])}`)
  siege.helper.child.kill('SIGKILL')
  await siege.helper.ended
})

it('a frame that is too long ends the helper, and nothing was changed', async () => {
  const before = world.changes()
  for (const length of [1024 * 1024 + 1, 1024 * 1024 * 3]) {
    const helper = world.start()
    helper.child.stdin!.on('error', () => undefined)
    helper.child.stdin!.write(`"${'x'.repeat(length)}`)
    expect(await helper.ended).toEqual({ exit: 0, signal: null })
  }
  expect(world.changes()).toBe(before)
})

/** Judged by the schemas themselves, not by what made it. */
function followsSchema(frame: string): boolean {
  const { method, params } = JSON.parse(frame) as { method: keyof typeof helperRequests; params: unknown }
  return helperRequests[method].safeParse(params).success
}
