import { describe, expect, it } from 'vitest'
import { bytes, lba } from '../base/bytes.ts'
import { toHex } from '../base/guid.ts'
import { expectOk, ok, type Result } from '../base/result.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import type { StepOf } from '../model/plan.ts'
import type { FileTree } from '../ports/file-tree.ts'
import type { Platform } from '../ports/platform.ts'
import type { OpenRelease } from '../ports/release-source.ts'
import type { StepTools } from '../ports/step.ts'
import { parseManifest } from './boot-files.ts'
import { sourceOf } from './byte-sources.ts'
import { MemoryTree } from './testing/memory-tree.ts'
import { manifestWith, toolsFor } from './testing/step-tools.ts'
import { writeFiles } from './write-files.ts'

const content = { '/EFI/Linux/a.efi': 'the kernel', '/berth/r/root.img': 'the root' } as const
const sha256 = (text: string) => {
  const hash = nodeHasher.sha256()
  hash.update(Buffer.from(text))
  return hash.hex()
}
const args: StepOf<'write-files'> = {
  kind: 'write-files',
  target: { disk: 'd' as never, partition: 'p' as never, start: lba(2048), size: bytes(1 << 20) },
  release: 'cut-1-x86_64' as never,
  files: Object.entries(content).map(([path, text], i) => ({
    source: `f${i}`,
    path,
    size: bytes(text.length),
    sha256: sha256(text),
  })),
  markers: [{ path: '/loader/entries.srel', data: toHex(Buffer.from('type1\n')) }],
  totalBytes: bytes(18),
}
const release = {
  openFile: async (file: { path: keyof typeof content }) => ok(sourceOf(Buffer.from(content[file.path]))),
} as unknown as OpenRelease

function tools(tree: MemoryTree, more: Partial<StepTools> = {}): StepTools {
  const partition = { id: 'p', start: 2048, size: 1 << 20, volume: { fileSystem: 'fat32' } }
  const platform = {
    probe: async () => ok({ disks: [{ id: 'd', partitions: [partition] }] }),
    openBootVolume: async (): Promise<Result<FileTree>> => ok(tree),
  } as unknown as Platform
  return toolsFor(platform, manifestWith([args]), { release, ...more })
}
const code = (result: Result<unknown>) => (result.ok ? 'ok' : result.failure.code)

async function install(tree: MemoryTree) {
  const made = expectOk(await writeFiles.prepare(tools(tree), args))
  expectOk(await writeFiles.apply(tools(tree), args))
  return made
}

describe('write-files', () => {
  it('writes under temporary names, makes them durable, renames, and proves every file', async () => {
    const tree = new MemoryTree()
    const made = await install(tree)
    expect(made.folders).toEqual(['/loader', '/loader/berth', '/EFI', '/EFI/Linux', '/berth', '/berth/r'])
    expect(tree.calls.filter((call) => call.startsWith('rename'))).toHaveLength(4)
    const order = tree.calls
      .filter((call) => /^(create|sync|rename)/.test(call))
      .map((call) => call.split(' ')[0])
    expect(order).toEqual(Array.from({ length: 4 }, () => ['create', 'sync', 'rename', 'sync']).flat())
    expect(tree.calls.find((call) => call.startsWith('rename'))).toContain('/loader/berth/manifest.json')
    const evidence = expectOk(await writeFiles.verify(tools(tree), args))
    expect(evidence.map((one) => one.code)).toEqual(['file-there', 'file-there', 'manifest-there'])
    const manifest = expectOk(parseManifest(tree.text('/loader/berth/manifest.json')!))
    expect(manifest.made).toEqual(made)
  })

  it('gives back an empty volume, from the record or from the manifest alone', async () => {
    for (const withRecord of [true, false]) {
      const tree = new MemoryTree()
      const made = await install(tree)
      const manifest = {
        ...manifestWith([args]),
        made: { files: [...made.files], folders: [...made.folders] },
      }
      const left = await writeFiles.undo(tools(tree, { manifest }), args, withRecord ? made : null)
      expect(expectOk(left)).toEqual([])
      expect(tree.paths()).toEqual([])
      expect(expectOk(await writeFiles.undo(tools(tree, { manifest }), args, made))).toEqual([])
    }
  })

  it('never writes over a foreign file, but shares a marker that says the same', async () => {
    const foreign = new MemoryTree({ '/EFI/Linux/a.efi': 'somebody else' })
    expect(code(await writeFiles.prepare(tools(foreign), args))).toBe('already-exists')
    expect(code(await writeFiles.apply(tools(foreign), args))).toBe('already-exists')
    expect(foreign.text('/EFI/Linux/a.efi')).toBe('somebody else')
    const shared = new MemoryTree({ '/loader/entries.srel': 'type1\n', '/EFI/x': 'x' })
    const made = await install(shared)
    expect(made.files).not.toContain('/loader/entries.srel')
    expect(expectOk(await writeFiles.undo(tools(shared), args, made))).toEqual([])
    expect(shared.paths()).toEqual(['/EFI', '/EFI/x', '/loader', '/loader/entries.srel'])
    const other = new MemoryTree({ '/loader/entries.srel': 'type2\n' })
    expect(code(await writeFiles.prepare(tools(other), args))).toBe('already-exists')
  })

  it('leaves what others changed or added, and says so', async () => {
    const tree = new MemoryTree()
    const made = await install(tree)
    tree.put('/EFI/Linux/a.efi', 'updated by somebody')
    tree.put('/berth/r/notes.txt', 'mine')
    const left = expectOk(await writeFiles.undo(tools(tree), args, made))
    expect(left).toEqual([
      "file /EFI/Linux/a.efi (its content is not Berth's any more)",
      'folder /berth/r (others have files in it)',
      'folder /berth (others have files in it)',
      'folder /EFI/Linux (others have files in it)',
      'folder /EFI (others have files in it)',
    ])
    expect(tree.paths()).toEqual([
      '/EFI',
      '/EFI/Linux',
      '/EFI/Linux/a.efi',
      '/berth',
      '/berth/r',
      '/berth/r/notes.txt',
    ])
  })

  it('leaves its folder to what the offline stage left there, which goes with the room', async () => {
    const tree = new MemoryTree()
    const made = await install(tree)
    const own = { files: made.files, folders: [...made.folders, '/EFI/Berth'] }
    const record = '/EFI/Berth/room-da7a0000-0000-4000-8000-000000000001.json'
    for (const folder of ['/EFI/Berth', '/EFI/Berth/stage']) expectOk(await tree.makeFolder(folder))
    tree.put(record, '{}')
    tree.put('/EFI/Berth/stage/mark', '{}')
    const left = expectOk(await writeFiles.undo(tools(tree), args, own))
    expect(left).toEqual(['folder /EFI (others have files in it)'])
    expect(tree.paths().filter((path) => path.startsWith('/EFI/Berth/'))).toEqual([
      record,
      '/EFI/Berth/stage',
      '/EFI/Berth/stage/mark',
    ])
    tree.put('/EFI/Berth/tool.efi', 'mine')
    expect(expectOk(await writeFiles.undo(tools(tree), args, own))).toContain(
      'folder /EFI/Berth (others have files in it)',
    )
  })

  it('clears away what an unfinished run left, whatever it holds', async () => {
    const tree = new MemoryTree()
    const made = await install(tree)
    tree.put('/EFI/Linux/a.efi', 'half')
    tree.put('/loader/berth/new-3.tmp', 'hal')
    expect(expectOk(await writeFiles.undo(tools(tree, { recovering: true }), args, made))).toEqual([])
    expect(tree.paths()).toEqual([])
  })

  it('clears away what a system that did not start left as its reason, and nothing beside it', async () => {
    const tree = new MemoryTree()
    const made = await install(tree)
    tree.put('/loader/berth/failed-start.txt', 'desktop-1.0.0-x86_64\nthe root image is damaged\n')
    tree.put('/loader/berth/notes.txt', 'mine')
    const left = expectOk(await writeFiles.undo(tools(tree), args, made))
    expect(left).toEqual([
      'folder /loader/berth (others have files in it)',
      'folder /loader (others have files in it)',
    ])
    expect(tree.paths()).toEqual(['/loader', '/loader/berth', '/loader/berth/notes.txt'])
  })

  it('refuses a volume with too little room before the first write', async () => {
    const tree = new MemoryTree()
    tree.room = 5000
    const refused = await writeFiles.prepare(tools(tree), args)
    expect(code(refused)).toBe('no-space')
    expect(!refused.ok && typeof refused.failure.facts['required']).toBe('number')
    expect(tree.calls.filter((call) => !/^(stat|free)/.test(call))).toEqual([])
  })

  it('stops between pieces when asked to, and sees content that reads back different', async () => {
    const tree = new MemoryTree()
    expectOk(await writeFiles.prepare(tools(tree), args))
    const stopped = await writeFiles.apply(tools(tree, { cancellation: { requested: true } }), args)
    expect(code(stopped)).toBe('cancelled')
    const altered = new MemoryTree()
    await install(altered)
    altered.put('/berth/r/root.img', 'the rust')
    expect(code(await writeFiles.verify(tools(altered), args))).toBe('read-back-differs')
  })

  it('writes into no partition but the planned one: same GUID, but another place or size', async () => {
    for (const target of [
      { ...args.target, start: lba(4096) },
      { ...args.target, size: bytes(1 << 21) },
    ]) {
      const tree = new MemoryTree()
      expect(code(await writeFiles.prepare(tools(tree), { ...args, target }))).toBe('identity-changed')
      expect(tree.calls).toEqual([])
    }
  })

  it('leaves the manifest of another installation', async () => {
    const tree = new MemoryTree()
    const made = await install(tree)
    const other = manifestWith([args])
    tree.put(
      '/loader/berth/manifest.json',
      JSON.stringify({ ...other, plan: { ...other.plan, fingerprint: 'a'.repeat(64) } }),
    )
    expect(expectOk(await writeFiles.undo(tools(tree), args, made))).toContain(
      'file /loader/berth/manifest.json (it belongs to another installation)',
    )
  })
})
