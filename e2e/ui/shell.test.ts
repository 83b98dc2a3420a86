import { spawn, spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  environment,
  launch,
  makeStage,
  oldFilterOff,
  type Running,
  type Stage,
} from './testing/packaged-window.ts'
import { enginesOf, processesOf, until } from './testing/processes.ts'
import { ask, engineMark } from './testing/wire.ts'

describe('the packaged window', () => {
  let stage: Stage
  let running: Running
  beforeAll(async () => {
    stage = await makeStage()
    running = await launch(stage)
  })
  afterAll(async () => {
    await running.close()
    stage.remove()
  })

  it('shows its page under its own scheme, joined to the engine beside it', async () => {
    expect(running.page.url()).toMatch(/^berth:\/\/app\/index\.html/)
    expect(await engineMark(running.page)).toMatch(/^[0-9a-f]{16}$/)
    expect(enginesOf(stage)).toHaveLength(1)
  })

  it('keeps the engine when the page is loaded again, and drops answers meant for the old page', async () => {
    const before = await engineMark(running.page)
    await running.page.evaluate(() => {
      const { berth } = globalThis as unknown as { readonly berth: { send(frame: string): void } }
      berth.send('{"jsonrpc":"2.0","id":1,"method":"help.search","params":{"text":""}}')
    })
    await running.page.reload()
    const heard = running.page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const frames: string[] = []
          const { berth } = globalThis as unknown as {
            readonly berth: { onFrame(callback: (frame: string) => void): void }
          }
          berth.onFrame((frame) => frames.push(frame))
          setTimeout(() => resolve(frames.filter((frame) => frame.includes('"pages"'))), 1000)
        }),
    )
    expect(await engineMark(running.page)).toBe(before)
    expect(await heard).toEqual([])
  })

  it('says that the engine ended, and starts another one for a page that asks', async () => {
    const before = await engineMark(running.page)
    await running.page.evaluate(() => {
      const page = globalThis as unknown as {
        readonly berth: { onFrame(callback: (frame: string) => void): void }
        losses: number
      }
      page.losses = 0
      page.berth.onFrame((frame) => {
        if (frame.includes('shell.closed')) page.losses += 1
      })
    })
    const [id] = enginesOf(stage)
    process.kill(id ?? 0, 'SIGKILL')
    await until(
      async () =>
        (await running.page.evaluate(() => (globalThis as unknown as { losses: number }).losses)) === 1,
    )
    expect(await engineMark(running.page)).not.toBe(before)
    expect(enginesOf(stage)).toHaveLength(1)
  })

  it('is one program: a second start ends and the first one comes forward', async () => {
    const second = spawnSync(join(stage.folder, 'berth-window'), ['--no-sandbox'], {
      env: environment(stage),
      timeout: 20_000,
    })
    expect(second.status).toBe(0)
    const windows = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    expect(windows).toBe(1)
    expect(enginesOf(stage)).toHaveLength(1)
  })

  it('takes no frame that is none', async () => {
    const refused = await running.page.evaluate(() => {
      const { berth } = globalThis as unknown as { readonly berth: { send(frame: unknown): void } }
      return [undefined, null, 1, {}, ['a'], 'x'.repeat(1024 * 1024 + 1)].map((frame) => {
        try {
          berth.send(frame)
          return 'sent'
        } catch (thrown) {
          return String(thrown)
        }
      })
    })
    for (const answer of refused) expect(answer).toContain('TypeError: A frame is a text of at most 1 MiB.')
    for (const text of ['', 'null', '[]', '{}', '{"jsonrpc":"1.0","id":1}', '{', '"\\ud800"'])
      await running.page.evaluate((frame) => {
        const { berth } = globalThis as unknown as { readonly berth: { send(frame: unknown): void } }
        berth.send(frame)
      }, text)
    expect(await ask(running.page, 'no.such-thing', {})).toContain('"error"')
  })

  it('ends with its engine when its window is closed', async () => {
    const own = await makeStage()
    const program = join(own.folder, 'berth-window')
    const child = spawn(program, ['--no-sandbox'], { env: environment(own), stdio: 'ignore' })
    await until(() => enginesOf(own).length === 1)
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    await until(() => enginesOf(own).length === 0)
    own.remove()
  })
})

it("runs for a user without rights, inside Chromium's sandbox", async () => {
  const stage = await makeStage({ asUser: true })
  const running = await launch(stage, { asUser: true, args: [oldFilterOff] })
  expect(await engineMark(running.page)).toMatch(/^[0-9a-f]{16}$/)
  const [renderer, ...others] = processesOf(join(stage.folder, 'berth-window')).filter((id) =>
    readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer'),
  )
  expect(others).toEqual([])
  expect(readFileSync(`/proc/${renderer}/status`, 'utf8')).toMatch(/^Uid:\t65534\t/m)
  // Namespaces of its own are what keeps the page away from everything else.
  for (const space of ['user', 'net', 'pid'])
    expect(readlinkSync(`/proc/${renderer}/ns/${space}`), space).not.toBe(
      readlinkSync(`/proc/self/ns/${space}`),
    )
  await running.close()
  stage.remove()
})
