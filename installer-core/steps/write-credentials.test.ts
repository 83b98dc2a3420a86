import { describe, expect, it } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { bytes, lba } from '../base/bytes.ts'
import { expectOk, ok, type Result } from '../base/result.ts'
import type { StepOf } from '../model/plan.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Platform } from '../ports/platform.ts'
import type { StepTools } from '../ports/step.ts'
import { sourceOf } from './byte-sources.ts'
import { takeBack } from './removal.ts'
import { MemoryTree } from './testing/memory-tree.ts'
import { manifestWith, toolsFor } from './testing/step-tools.ts'
import { writeCredentials } from './write-credentials.ts'

const credentials = new Map([
  ['/loader/credentials/berth.language.cred', 'de_DE.UTF-8'],
  ['/loader/credentials/berth.password-hash.cred', '$6$salt$hash'],
])
const sha256 = (text: string) => {
  const hash = nodeHasher.sha256()
  hash.update(Buffer.from(text))
  return hash.hex()
}
const target = { disk: 'd' as never, partition: 'p' as never, start: lba(2048), size: bytes(1 << 20) }
const paths = [...credentials.keys()]
const args: StepOf<'write-credentials'> = {
  kind: 'write-credentials',
  target,
  files: [...credentials].map(([path, text]) => ({ path, sha256: sha256(text) })),
}
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code)

function tools(tree: MemoryTree, more: Partial<StepTools> = {}, start = 2048): StepTools {
  const partition = { id: 'p', start, size: 1 << 20, volume: { fileSystem: 'fat32' } }
  const platform = {
    probe: async () => ok({ disks: [{ id: 'd', partitions: [partition] }] }),
    openBootVolume: async (): Promise<Result<FileTree>> => ok(tree),
  } as unknown as Platform
  return toolsFor(platform, manifestWith([args]), { credentials, ...more })
}
async function treeWithFolder(): Promise<MemoryTree> {
  const tree = new MemoryTree()
  for (const folder of ['/loader', '/loader/berth', '/loader/credentials'])
    expectOk(await tree.makeFolder(folder))
  return tree
}
async function written(): Promise<MemoryTree> {
  const tree = await treeWithFolder()
  expectOk(await writeCredentials.prepare(tools(tree), args))
  expectOk(await writeCredentials.apply(tools(tree), args))
  return tree
}
const isThere = async (tree: MemoryTree, path: string) => expectOk(await tree.stat(path)) !== null
const removal = { kind: 'remove-credentials', of: 0, target, paths } as const

describe('write-credentials', () => {
  it('writes each, proves each, and says none of them', async () => {
    const tree = await written()
    const evidence = expectOk(await writeCredentials.verify(tools(tree), args))
    expect(evidence.map(({ facts }) => facts['what'])).toEqual(paths)
    expect(JSON.stringify([evidence, writeCredentials.describe(args)])).not.toContain('$6$')
    expect(expectOk(await tree.list('/loader/berth'))).toEqual([])
  })

  it('is refused where a name is taken, a text is missing, or is not the one that was confirmed', async () => {
    const taken = await treeWithFolder()
    expectOk(await taken.create(paths[0]!, sourceOf(Buffer.from('x'))))
    expect(code(await writeCredentials.prepare(tools(taken), args))).toBe('already-exists')
    const tree = await treeWithFolder()
    const none = new Map<string, string>()
    expect(code(await writeCredentials.prepare(tools(tree, { credentials: none }), args))).toBe('not-found')
    const other = new Map([...credentials].map(([path]) => [path, 'another']))
    expect(code(await writeCredentials.prepare(tools(tree, { credentials: other }), args))).toBe(
      'identity-changed',
    )
  })

  it('notices what reads back differently', async () => {
    const tree = await written()
    expectOk(await tree.remove(paths[1]!))
    expect(code(await writeCredentials.verify(tools(tree), args))).toBe('read-back-differs')
  })

  it('is taken back whole, in part, used up, overwritten with zeros, and twice', async () => {
    for (const change of ['nothing', 'used', 'zeroed'] as const) {
      const tree = await written()
      if (change !== 'nothing') expectOk(await tree.remove(paths[1]!))
      if (change === 'zeroed') expectOk(await tree.create(paths[1]!, sourceOf(new Uint8Array(12))))
      for (let again = 0; again < 2; again += 1) {
        // As an undo weeks later does it: no credentials, no record.
        const later = tools(tree, { credentials: new Map() })
        expect(expectOk(await takeBack(later, removal))).toEqual([])
        for (const path of paths) expect(await isThere(tree, path), path).toBe(false)
      }
    }
  })

  it('is written over with zeros before it is forgotten, a file that a cut left unfinished too', async () => {
    const tree = await written()
    const unfinished = '/loader/berth/new-9001.tmp'
    expectOk(await tree.create(unfinished, sourceOf(Buffer.from('$6$sa'))))
    const before = tree.calls.length
    expectOk(await takeBack(tools(tree), removal))
    const changes = tree.calls.slice(before).filter((call) => !call.startsWith('stat'))
    const erased = [...paths, unfinished].flatMap((path) => [`erase ${path}`, 'sync', `remove ${path}`])
    expect(changes).toEqual([...erased, 'sync'])
  })

  it('touches nothing on a partition that is another one by now', async () => {
    const tree = await written()
    expectOk(await takeBack(tools(tree, {}, 4096), removal))
    expect(await isThere(tree, paths[0]!)).toBe(true)
  })
})
