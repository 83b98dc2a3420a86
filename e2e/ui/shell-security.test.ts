import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launch, makeStage, type Running, type Stage } from './testing/packaged-window.ts'

let stage: Stage
let running: Running
let elsewhere: Server
let visits = 0
let address = ''
beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    visits += 1
    response.setHeader('Access-Control-Allow-Origin', '*').end('globalThis.intruder = true')
  })
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/script.js`
  stage = await makeStage()
  running = await launch(stage)
})
afterAll(async () => {
  await running.close()
  stage.remove()
  elsewhere.close()
})

/** Runs in the page itself; gives what came of it, or the name of what was thrown. */
function tried(code: (address: string) => unknown): Promise<unknown> {
  return running.page.evaluate(code, address)
}
const pause = () => new Promise((resolve) => setTimeout(resolve, 700))

it('has no Node in its page, and no more than two functions of the shell', async () => {
  expect(
    await tried(() =>
      ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
    ),
  ).toEqual([])
  expect(await tried(() => Object.keys((globalThis as unknown as { berth: object }).berth))).toEqual([
    'send',
    'onFrame',
  ])
})

it('refuses to build code from text', async () => {
  // Later, not within the driver's own call, to which Chromium grants what the page may not do.
  const thrown = await tried(
    () =>
      new Promise((resolve) =>
        setTimeout(() => {
          try {
            // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what is refused here
            resolve(new Function('return 1')())
          } catch (error) {
            resolve((error as Error).name)
          }
        }, 0),
      ),
  )
  expect(thrown).toBe('EvalError')
})

it('runs no inline script and fetches none from elsewhere', async () => {
  await tried((source) => {
    const { document } = globalThis as unknown as {
      document: {
        createElement(name: string): { src: string; textContent: string }
        body: { append(node: unknown): void }
      }
    }
    const remote = document.createElement('script')
    remote.src = source
    const inline = document.createElement('script')
    inline.textContent = 'globalThis.intruder = true'
    document.body.append(remote)
    document.body.append(inline)
  })
  await pause()
  expect(await tried(() => 'intruder' in globalThis)).toBe(false)
  const fetched = await tried((source) =>
    fetch(source).then(
      () => 'came',
      () => 'refused',
    ),
  )
  expect(fetched).toBe('refused')
  expect(visits).toBe(0)
})

/** Runs in the page by way of main: the driver itself waits in vain for a page whose navigation was refused. */
function inPage(code: string): Promise<unknown> {
  return running.app.evaluate(
    ({ BrowserWindow }, text) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(text) as Promise<unknown>,
    code,
  )
}

it('goes nowhere else', async () => {
  const before = await inPage('location.href')
  for (const target of [address, 'file:///etc/passwd', 'data:text/html,hello', 'berth://other/index.html']) {
    await inPage(`setTimeout(() => { location.href = ${JSON.stringify(target)} }, 0); 0`)
    await pause()
    expect(await inPage('location.href'), target).toBe(before)
  }
  expect(visits).toBe(0)
})

it('grants the page no permission', async () => {
  expect(await inPage('Notification.requestPermission()')).toBe('denied')
})

it('runs its page in the sandbox, apart from the preload script', async () => {
  const preferences = await running.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    const { sandbox, contextIsolation, nodeIntegration, webviewTag, enableRemoteModule, webSecurity } =
      contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webviewTag, enableRemoteModule, webSecurity }
  })
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    enableRemoteModule: false,
    webSecurity: true,
  })
})

// The last one: the driver holds the page while it waits for a window that never comes.
it('opens no window', async () => {
  await inPage(`setTimeout(() => open(${JSON.stringify(address)}), 0); 0`)
  await pause()
  const windows = await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
  expect(windows).toBe(1)
  expect(visits).toBe(0)
})
