import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type ConnectedClient } from '../../api/client.ts'
import { memoryConnection } from '../../api/testing/memory-transport.ts'
import { Engine } from '../engine.ts'

/** An engine in this process, with folders of its own. */
export interface TestEngine {
  readonly engine: Engine
  readonly folder: string
  readonly faults: string[]
  client(): ConnectedClient
  remove(): Promise<void>
}

export function testEngine(folder = mkdtempSync(join(tmpdir(), 'berth-engine-'))): TestEngine {
  const faults: string[] = []
  const engine = new Engine({
    dataFolder: join(folder, 'data'),
    releasesFolder: join(folder, 'releases'),
    catalogueFolder: join(folder, 'catalogue'),
    version: '0.0.0-test',
    self: { program: process.execPath, args: [] },
    unstarted: true,
    onFault: (what, thrown) => faults.push(`${what}: ${String(thrown)}`),
  })
  return {
    engine,
    folder,
    faults,
    client: () => {
      const [page, host] = memoryConnection()
      engine.attach(host)
      return createClient(page, { locale: 'en', onFault: (fault) => faults.push(JSON.stringify(fault)) })
    },
    remove: async () => {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
