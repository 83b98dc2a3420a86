import { InvalidArgumentError, type Command } from 'commander'
import { fail, ok } from '../../base/result.ts'
import { act } from '../action.ts'
import { processEngine } from '../engine-process.ts'
import { exitCode } from '../exit-codes.ts'
import { openBrowser } from '../serve/open-browser.ts'
import { pageFile } from '../serve/page-files.ts'
import { servePage } from '../serve/serve-page.ts'

interface Options {
  readonly port: number
  readonly idle: number
  readonly open?: boolean
  readonly json?: boolean
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('show the window in a browser on this computer: prints an address that works once')
    .option('--port <number>', 'the port on 127.0.0.1; any free one by default', wholeNumber, 0)
    .option('--idle <seconds>', 'stop after so long without a page', wholeNumber, 900)
    .option('--open', 'open the browser')
    .option('--json', 'print the address as JSON')
    .action((options: Options) =>
      act(options, async (console) => {
        if (pageFile('/') === null) return fail('not-found', { what: 'the page', where: 'dist/renderer' })
        const engine = processEngine()
        const serving = await servePage({
          port: options.port,
          idleMs: options.idle * 1000,
          attach: (transport) => void engine.attach(transport),
          isWorking: () => engine.isWorking,
        })
        if (!serving.ok) return serving
        const { address, stopped, close } = serving.value
        console.line(address)
        console.data({ schema: 'berth/serve/1', address })
        process.once('SIGINT', close).once('SIGTERM', close)
        const opened = options.open === true ? openBrowser(address) : ok(undefined)
        if (!opened.ok) console.note('No browser could be opened; open the address above yourself.')
        if ((await stopped) === 'idle') console.note('Nobody was connected for a while: stopped.')
        await engine.close()
        return ok(exitCode.done)
      }),
    )
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (/^\d{1,9}$/.test(text)) return value
  throw new InvalidArgumentError('a whole number is needed')
}
