import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { pcFileSchema } from '../adapters/disk-image/pc-schema.ts'
import { nodeClock } from '../adapters/node-clock.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { openReleaseFolder } from '../adapters/release-folder/open-release-folder.ts'
import { GiB } from '../base/bytes.ts'
import { expectOk } from '../base/result.ts'
import { Installer } from '../installer.ts'
import type { Planned } from '../plan/plan-outcome.ts'
import { choicesSchema, type Choices } from '../model/choices.ts'
import { developmentSigner } from '../system/release-signer.ts'
import { makeCutTestRelease, ringOf } from '../system/testing/cut-test-release.ts'

const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'berth-by-hand-'))
const pc = join(folder, 'my-pc')
const esp = 'aaaaaaaa-0001-4000-8000-000000000001'

beforeAll(() => {
  const lines = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block).join('')
  const script = join(folder, 'recipe.sh')
  writeFileSync(script, lines)
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`
  const options = { cwd: folder, env: { ...process.env, PATH: path }, encoding: 'utf8' } as const
  const run = spawnSync('bash', ['-e', '-u', script], options)
  expect(run.status, run.stderr).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

async function planWith(wish: object): Promise<Planned> {
  const signer = expectOk(await developmentSigner(join(folder, 'keys/dev-key.pem')))
  await makeCutTestRelease(join(folder, 'release'), { signer })
  const release = expectOk(await openReleaseFolder(join(folder, 'release'), ringOf(signer)))
  const opened = expectOk(await openPracticePc(pc, { access: 'read' }))
  const { platform, journalStore: journal } = opened
  const installer = new Installer({ platform, journal, hasher: nodeHasher, clock: nodeClock, version: '1' })
  const choices = choicesSchema.parse({ schema: 'berth/choices/1', ...wish }) as Choices
  try {
    return expectOk(await installer.plan(choices, release))
  } finally {
    await opened.close()
  }
}

describe("a practice PC made by the README's own lines", () => {
  it('is seen as it was made', async () => {
    const { machine } = await planWith({})
    const [disk] = machine.disks
    const seen = disk?.partitions.map(({ id, volume }) => [id, volume.fileSystem, volume.label])
    expect(disk?.id).toBe('11111111-2222-4333-8444-555555555555')
    expect(seen).toEqual([
      [esp, 'fat32', 'SYSTEM'],
      [expect.any(String), 'none', ''],
      ['aaaaaaaa-0003-4000-8000-000000000003', 'ntfs', 'Windows'],
    ])
    expect(machine.installed).toMatchObject([{ kind: 'windows' }])
  })

  it('gets a plan that writes to its ESP, where there is room for a small release', async () => {
    const { plan, issues } = await planWith({})
    expect(plan?.steps.map((step) => step.kind)).toEqual(['write-files', 'create-boot-entry', 'arm-trial'])
    expect(plan?.steps[0]).toMatchObject({ target: { partition: esp } })
    expect(issues.map((issue) => issue.id)).toContain('windows-entry-missing')
  })

  it('gets a plan that makes a partition right behind Windows, when asked for the unused room', async () => {
    const { plan } = await planWith({ spaceFrom: { kind: 'gap' } })
    expect(plan?.steps[0]).toMatchObject({
      kind: 'create-partition',
      start: (117 * 1024 * 1024 + 2 * GiB) / 512,
      size: 4 * GiB,
      slot: 4,
    })
  })
})

describe('the table of pc.json', () => {
  const table = readme.slice(readme.indexOf('## pc.json'), readme.indexOf('## What scripts'))
  const rows = [...table.matchAll(/^\| `([\w.[\]]+)` +\|.*\|.*\|$/gm)]

  it('names every key of the schema, and no other', () => {
    const named = rows.map(([, key]) => key)
    expect(named.sort()).toEqual(keysOf(z.toJSONSchema(pcFileSchema, { io: 'input' }) as Shape).sort())
  })

  it('names every value that a key may have', () => {
    const text = JSON.stringify(z.toJSONSchema(pcFileSchema, { io: 'input' }))
    const values = [...text.matchAll(/"enum":\[([^\]]*)\]/g)].flatMap(
      ([, list]) => JSON.parse(`[${list}]`) as string[],
    )
    for (const value of values) expect(readme).toContain(`\`${value}\``)
  })
})

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly additionalProperties?: Shape | boolean
}

/** The paths of all values in a schema: `disks[].file`, `volumes.GUID.…`; objects are named by what is in them. */
function keysOf(shape: Shape, path = ''): string[] {
  const { properties, items, additionalProperties: by } = shape
  if (properties !== undefined)
    return Object.entries(properties).flatMap(([key, value]) =>
      keysOf(value, path === '' ? key : `${path}.${key}`),
    )
  if (items?.properties !== undefined) return [path, ...keysOf(items, `${path}[]`)]
  return typeof by === 'object' ? [path, ...keysOf(by, `${path}.GUID`)] : [path]
}
