import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createClient, type Client } from './client.ts'
import { methodNames, methods, notificationNames, notifications } from './contract.ts'
import { memoryConnection } from './testing/memory-transport.ts'
import { testEngine } from '../engine/testing/test-engine.ts'
import { engineHandlers } from '../engine/handlers.ts'

const renderer = join(import.meta.dirname, '../../renderer')

describe('the contract', () => {
  it('has params and a result for every method, all of them describable as JSON Schema', () => {
    expect(methodNames.length).toBeGreaterThan(25)
    for (const name of methodNames) {
      expect(z.toJSONSchema(methods[name].params, { io: 'input' })).toMatchObject({})
      expect(z.toJSONSchema(methods[name].result)).toMatchObject({})
    }
    for (const name of notificationNames) expect(z.toJSONSchema(notifications[name])).toMatchObject({})
  })

  it('has a handler for every method and no handler besides', async () => {
    const world = testEngine()
    expect(Object.keys(engineHandlers(world.engine)).sort()).toEqual([...methodNames].sort())
    await world.remove()
  })

  it('does not let a page call what it lacks: neither the compiler nor the client', async () => {
    const [page, host] = memoryConnection()
    const client: Client = createClient(page, { locale: 'en' })
    // @ts-expect-error no such method
    const unknown = await client.call('disk.erase', {})
    expect(unknown).toMatchObject({ ok: false, failure: { code: 'unsupported' } })
    // @ts-expect-error a path is no target
    const wrong = await client.call('target.probe', { folder: '/dev/sda' })
    expect(wrong).toMatchObject({ ok: false, failure: { code: 'usage' } })
    const path = await client.call('target.probe', { target: '/dev/sda' })
    expect(path).toMatchObject({ ok: false, failure: { code: 'usage' } })
    expect(page.sent).toEqual([])
    host.close()
  })

  it('has every method that the page names', () => {
    const named = sources(renderer).flatMap((text) =>
      [...text.matchAll(/\.call\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''),
    )
    const known: readonly string[] = methodNames
    expect(named.filter((name) => !known.includes(name))).toEqual([])
  })

  it('names targets by id only: nothing that could lead out of a folder', () => {
    for (const target of [
      'practice:../x',
      'practice:A',
      'practice:',
      'recording:xyz',
      '',
      'practice:a/b',
      'this-pc ',
    ])
      expect(methods['target.probe'].params.safeParse({ target }).success, target).toBe(false)
    for (const target of ['this-pc', 'practice:my-pc', `recording:${'0'.repeat(16)}`])
      expect(methods['target.probe'].params.safeParse({ target }).success, target).toBe(true)
  })
})

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
}
