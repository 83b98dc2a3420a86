import { describe, expect, it } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { bytes, MiB } from '../base/bytes.ts'
import { done, expectOk, fail, ok } from '../base/result.ts'
import type { PartitionId } from '../model/primitives.ts'
import { failedStartPath, manifestPath } from '../model/manifest.ts'
import type { FileEntry, FileTree } from '../ports/file-tree.ts'
import { listBootFiles } from './list-boot-files.ts'

const partition = 'p' as PartitionId

/** A tree over a list of files; a number stands for that many bytes, `null` for a folder that does not read. */
function tree(files: Readonly<Record<string, string | number | null>>): FileTree {
  const list = (folder: string): readonly FileEntry[] => {
    const prefix = folder === '/' ? '/' : `${folder}/`
    const names = new Map<string, FileEntry>()
    for (const [path, content] of Object.entries(files)) {
      if (!path.startsWith(prefix)) continue
      const [name = '', more] = path.slice(prefix.length).split('/')
      const isFolder = more !== undefined || content === null
      const size = typeof content === 'string' ? content.length : (content ?? 0)
      names.set(name, { name, kind: isFolder ? 'folder' : 'file', size: bytes(isFolder ? 0 : size) })
    }
    return [...names.values()]
  }
  const refused = async () => fail('read-only', { what: 'test' })
  return {
    list: async (folder) => (files[folder] === null ? fail('io-failed', { what: folder }) : ok(list(folder))),
    async stat(path) {
      const content = files[path]
      return ok(
        typeof content !== 'string' ? null : { name: path, kind: 'file', size: bytes(content.length) },
      )
    },
    async openRead(path) {
      const content = files[path]
      if (content === undefined || content === null) return fail('not-found', { what: path })
      let left = typeof content === 'string' ? content.length : content
      const next = async () => {
        if (left === 0) return ok(null)
        const piece =
          typeof content === 'string'
            ? new TextEncoder().encode(content)
            : new Uint8Array(Math.min(left, MiB))
        left -= piece.length
        return ok(piece)
      }
      return ok({ size: bytes(left), next, close: async () => undefined })
    },
    create: refused,
    erase: refused,
    rename: refused,
    remove: refused,
    makeFolder: refused,
    free: async () => ok(bytes(0)),
    sync: async () => done,
    close: async () => done,
  }
}

const list = async (files: Parameters<typeof tree>[0]) =>
  expectOk(await listBootFiles(tree(files), partition, nodeHasher))

describe('what lies on a boot volume', () => {
  it('files in order, programs hashed, the manifest read', async () => {
    const volume = await list({ '/b.txt': 'x', '/EFI/BOOT/BOOTX64.EFI': 'abc', [manifestPath]: '{}' })
    expect(volume).toEqual({
      partition,
      incomplete: false,
      manifest: '{}',
      files: [
        {
          path: '/EFI/BOOT/BOOTX64.EFI',
          size: 3,
          sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        },
        { path: '/b.txt', size: 1, sha256: null },
        { path: manifestPath, size: 2, sha256: null },
      ],
    })
  })
  it('records of room, wherever their name says so, and others not', async () => {
    const id = 'da7a0000-0000-4000-8000-000000000001'
    const room = `/EFI/Berth/room-${id}.json`
    expect((await list({ [room]: '{"a":1}', '/EFI/Berth/room-x.json': 'y' })).rooms).toEqual(['{"a":1}'])
    expect(await list({ [room]: 'x'.repeat(65_537) })).toMatchObject({ incomplete: true, rooms: [''] })
    expect(await list({ '/EFI/a.efi': 'x' })).not.toHaveProperty('rooms')
  })
  it('what a failed start left, unless it is too long', async () => {
    const path = failedStartPath
    expect((await list({ [path]: 'desktop-1\nwhy\n' })).failedStart).toBe('desktop-1\nwhy\n')
    const long = await list({ [path]: 'x'.repeat(65_537) })
    expect(long).toMatchObject({ incomplete: false, files: [{ path, size: 65_537 }] })
    expect(long).not.toHaveProperty('failedStart')
  })
  it('says when it left something out', async () => {
    expect((await list({ '/EFI': null, '/a': 'x' })).incomplete).toBe(true)
    expect((await list({ '/1/2/3/4/5/6/7/8/file': 'x' })).incomplete).toBe(false)
    expect(await list({ '/1/2/3/4/5/6/7/8/9/file': 'x' })).toMatchObject({ incomplete: true, files: [] })
    expect(await list({ [manifestPath]: 'x'.repeat(MiB + 1) })).toMatchObject({
      incomplete: true,
      manifest: null,
    })
  })
  it('stops at 4,096 files, and hashes nothing longer than 128 MiB', async () => {
    const many = Object.fromEntries(Array.from({ length: 4200 }, (_, i) => [`/f${i}`, '']))
    expect(await list(many)).toMatchObject({ incomplete: true, files: { length: 4096 } })
    expect((await list({ '/big.efi': 128 * MiB + 1 })).files[0]?.sha256).toBeNull()
  })
  it('shows hostile names safely', async () => {
    expect((await list({ '/x\u202efdp.efi': 'a' })).files[0]?.path).toBe('/x‹U+202E›fdp.efi')
  })
  it('fails when the root does not list', async () => {
    expect(await listBootFiles(tree({ '/': null }), partition, nodeHasher)).toMatchObject({ ok: false })
  })
})
