import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes } from '../../base/bytes.ts'
import { expectOk } from '../../base/result.ts'
import { contentOf, patternOf, sourceOf } from '../testing/byte-source.ts'
import { FolderTree } from './folder-tree.ts'
import { removeUnfinished, unfinishedFiles } from './unfinished-files.ts'

let folder: string
let volume: string
let state: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-volume-'))
  volume = join(folder, 'volume')
  state = join(folder, 'unfinished.json')
  mkdirSync(volume)
})
afterEach(() => rmSync(folder, { recursive: true }))

function open(readOnly = false): FolderTree {
  const unfinished = unfinishedFiles(state, 'esp')
  return new FolderTree({
    folder: volume,
    readOnly,
    unfinished,
    onChange: () => undefined,
    release: async () => undefined,
  })
}
const names = () => readdirSync(volume, { recursive: true }).map(String).sort()

describe('a boot volume in a folder', () => {
  it('gives a file its name with sync, and shows it under that name before', async () => {
    const tree = open()
    expectOk(await tree.makeFolder('/EFI'))
    expectOk(await tree.create('/EFI/a.tmp', sourceOf(patternOf(5000))))
    expectOk(await tree.rename('/EFI/a.tmp', '/EFI/a.efi'))
    expect(expectOk(await tree.list('/EFI'))).toEqual([{ name: 'a.efi', kind: 'file', size: 5000 }])
    expect(expectOk(await tree.stat('/EFI/A.EFI'))).toMatchObject({ name: 'a.efi' })
    expect((await contentOf(tree, '/EFI/a.efi')).equals(patternOf(5000))).toBe(true)
    expect(names().some((name) => name.endsWith('a.efi'))).toBe(false)
    expectOk(await tree.sync())
    expect(names()).toEqual(['EFI', 'EFI/a.efi'])
    expectOk(await tree.close())
  })

  it('leaves nothing of what was not synced', async () => {
    const tree = open()
    expectOk(await tree.create('/lost.efi', sourceOf(patternOf(10))))
    expectOk(await tree.close())
    expect(names()).toEqual([])
  })

  it('remembers what a cut left behind, and removes that and nothing else', async () => {
    writeFileSync(join(volume, 'berth-1-1.new'), 'somebody else')
    const tree = open()
    expectOk(await tree.create('/cut.efi', sourceOf(patternOf(10))))
    expect(names()).toHaveLength(2)
    expectOk(removeUnfinished(state, 'other volume', volume))
    expect(names()).toHaveLength(2)
    expectOk(removeUnfinished(state, 'esp', volume))
    expect(names()).toEqual(['berth-1-1.new'])
    expect(readFileSync(state, 'utf8')).toBe('{}\n')
  })

  it('erases what has its name and what has not yet', async () => {
    const tree = open()
    expectOk(await tree.create('/secret', sourceOf(patternOf(5000))))
    expectOk(await tree.erase('/secret'))
    expect((await contentOf(tree, '/secret')).equals(Buffer.alloc(5000))).toBe(true)
    expectOk(await tree.create('/named', sourceOf(patternOf(7))))
    expectOk(await tree.sync())
    expectOk(await tree.erase('/named'))
    expect(readFileSync(join(volume, 'named'))).toEqual(Buffer.alloc(7))
  })

  it('never writes over anything', async () => {
    writeFileSync(join(volume, 'there'), 'old')
    const taken = { failure: { code: 'already-exists' } }
    const tree = open()
    expect(await tree.create('/there', sourceOf(patternOf(1)))).toMatchObject(taken)
    expectOk(await tree.create('/new', sourceOf(patternOf(1))))
    expect(await tree.create('/new', sourceOf(patternOf(1)))).toMatchObject(taken)
    expect(await tree.rename('/new', '/there')).toMatchObject(taken)
    expect(await tree.makeFolder('/there')).toMatchObject(taken)
    expectOk(await tree.sync())
    expect(readFileSync(join(volume, 'there'), 'utf8')).toBe('old')
  })

  it('takes back a source that ends early', async () => {
    const tree = open()
    const short = { ...sourceOf(patternOf(10)), size: bytes(11) }
    expect(await tree.create('/short', short)).toMatchObject({ failure: { code: 'short-write' } })
    expect(names()).toEqual([])
  })

  it('removes files and empty folders, and says what is not there', async () => {
    const tree = open()
    expectOk(await tree.makeFolder('/EFI'))
    expectOk(await tree.create('/EFI/a', sourceOf(patternOf(1))))
    expectOk(await tree.sync())
    expect((await tree.remove('/EFI')).ok).toBe(false)
    expectOk(await tree.remove('/EFI/a'))
    expectOk(await tree.remove('/EFI'))
    expect(await tree.remove('/EFI')).toMatchObject({ failure: { code: 'not-found' } })
    expect(expectOk(await tree.stat('/EFI'))).toBeNull()
  })

  it('follows no link and climbs no path', async () => {
    symlinkSync('/etc/passwd', join(volume, 'link'))
    const tree = open()
    expect(expectOk(await tree.list('/'))).toEqual([])
    expect(expectOk(await tree.stat('/link'))).toBeNull()
    expect((await tree.openRead('/link')).ok).toBe(false)
    expect((await tree.erase('/link')).ok).toBe(false)
    await expect(tree.stat('/../unfinished.json')).rejects.toThrow(RangeError)
  })

  it('that is read-only changes nothing', async () => {
    writeFileSync(join(volume, 'there'), 'old')
    const tree = open(true)
    const refused = { failure: { code: 'read-only' } }
    expect(await tree.create('/new', sourceOf(patternOf(1)))).toMatchObject(refused)
    expect(await tree.erase('/there')).toMatchObject(refused)
    expect(await tree.remove('/there')).toMatchObject(refused)
    expect(await tree.rename('/there', '/here')).toMatchObject(refused)
    expect(await tree.makeFolder('/EFI')).toMatchObject(refused)
    expect(names()).toEqual(['there'])
  })
})
