import { join } from 'node:path'
import { callersFolders } from '../../adapters/data-folder.ts'
import { streamTransport } from '../../transport/stream-transport.ts'
import { Engine } from '../engine.ts'
import { practiceHelperStarter } from './practice-helper-starter.ts'

/* `berth engine` whose "this PC" is a practice PC in the hands of a helper. Arguments: a folder, the helper's command. */
const [folder = '', ...helper] = process.argv.slice(2)
const { releases, catalogue } = callersFolders(join(folder, 'home'))
const engine = new Engine({
  dataFolder: join(folder, 'data'),
  releasesFolder: releases,
  catalogueFolder: catalogue,
  version: '0.0.0-test',
  self: { program: process.execPath, args: [] },
  startHelper: practiceHelperStarter(helper),
  onFault: (what, thrown) => void process.stderr.write(`Fault in ${what}: ${String(thrown)}\n`),
})
const transport = streamTransport(process.stdin, process.stdout)
const closed = new Promise<void>((resolve) => transport.onClose(resolve))
engine.attach({ ...transport, onClose: (listener) => void closed.then(listener) })
await closed
await engine.close()
