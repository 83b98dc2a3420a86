import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createClient, type ConnectedClient } from '../../api/client.ts'
import { streamTransport } from '../../transport/stream-transport.ts'

const checkout = join(import.meta.dirname, '../../..')

/** `berth engine` from sources, as a process of its own that can be killed. */
export interface EngineProcess {
  readonly client: ConnectedClient
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
}

export function startEngine(
  folder: string,
  { env = {}, args = [] }: { env?: Readonly<Record<string, string>>; args?: readonly string[] } = {},
): EngineProcess {
  const program = ['--import', 'tsx', join(checkout, 'installer-core/bin/berth.ts'), 'engine', ...args]
  const child = spawn(process.execPath, program, {
    cwd: checkout,
    env: {
      ...process.env,
      BERTH_DATA: join(folder, 'data'),
      BERTH_RELEASES: join(folder, 'releases'),
      BERTH_CATALOGUE: join(folder, 'catalogue'),
      ...env,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error('no streams')
  return { child, ended, client: createClient(streamTransport(stdout, stdin), { locale: 'en' }) }
}
