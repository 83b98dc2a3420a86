import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { expectOk } from '../base/result.ts'
import { failureCodes } from '../base/failure-code.ts'
import { issueIds } from '../model/issue-id.ts'
import { askThisPc } from './ask-this-pc.ts'
import { searchHelp } from './help-pages.ts'
import { pointerEvents } from './pointer-events.ts'
import { preview } from './reports.ts'
import { SettingsFile } from './settings-file.ts'
import { TargetBook } from './target-book.ts'

const root = mkdtempSync(join(tmpdir(), 'berth-parts-'))
afterAll(() => rmSync(root, { recursive: true }))
const goings = { isOn: () => false, runOn: () => null, isElevated: () => false }

describe('settings', () => {
  it('are kept, and a damaged file costs nothing but taste', () => {
    const path = join(root, 'settings/settings.json')
    const usual = { language: 'system', theme: 'system', expert: false }
    expect(new SettingsFile(path).read()).toEqual(usual)
    expect(new SettingsFile(path).write({ theme: 'dark' })).toEqual({ ...usual, theme: 'dark' })
    expect(new SettingsFile(path).read()).toEqual({ ...usual, theme: 'dark' })
    for (const damaged of ['', '{', '{"theme":"pink"}', 'null']) {
      writeFileSync(path, damaged)
      expect(new SettingsFile(path).read()).toEqual(usual)
    }
  })
})

describe('help', () => {
  it('has a page with title, message and remedy for every finding and every failure', () => {
    const pages = searchHelp('', 'en')
    expect(pages.map((page) => page.id).sort()).toEqual([...issueIds, ...failureCodes].sort())
    for (const page of pages)
      expect(Math.min(page.title.length, page.message.length, page.remedy.length), page.id).toBeGreaterThan(0)
  })

  it('finds pages by every word, titles first, and nothing for nonsense', () => {
    const [first] = searchHelp('bitlocker', 'en')
    expect(first?.id).toContain('bitlocker')
    expect(searchHelp('BitLocker  KEY', 'en').length).toBeGreaterThan(0)
    expect(searchHelp('xyzzyx', 'en')).toEqual([])
    expect(searchHelp('the', 'en').length).toBeLessThanOrEqual(50)
  })
})

describe('targets', () => {
  it('shows what lies among the practice PCs and is none as broken, and other names not at all', () => {
    const book = new TargetBook(join(root, 'targets'))
    mkdirSync(join(root, 'targets/practice/empty'), { recursive: true })
    mkdirSync(join(root, 'targets/practice/Not a name'), { recursive: true })
    mkdirSync(join(root, 'targets/recordings'), { recursive: true })
    writeFileSync(join(root, 'targets/recordings/0123456789abcdef.json'), '{"name":"x","machine":{}}')
    expect(book.list('en', goings).map(({ id, state }) => [id, state])).toEqual([
      ['this-pc', 'ready'],
      ['practice:empty', 'broken'],
      ['recording:0123456789abcdef', 'broken'],
    ])
    expect(book.find('practice:none')).toMatchObject({ ok: false, failure: { code: 'not-found' } })
    expect(book.remove('recording:0123456789abcdef').ok && book.remove('practice:empty').ok).toBe(true)
    expect(book.list('en', goings)).toHaveLength(1)
    expect(book.remove('practice:empty')).toMatchObject({ ok: false, failure: { code: 'not-found' } })
    expect(book.remove('this-pc')).toMatchObject({ ok: false, failure: { code: 'read-only' } })
  })
})

describe('a practice PC that is being made', () => {
  it('keeps its name, cannot be removed, and leaves nothing when its making fails', () => {
    const book = new TargetBook(join(root, 'making'))
    const place = expectOk(book.reserve('new'))
    mkdirSync(place.folder, { recursive: true })
    writeFileSync(join(place.folder, 'disk0.img'), '')
    expect(book.reserve('new')).toMatchObject({ ok: false, failure: { code: 'already-exists' } })
    expect(book.describe('practice:new', 'en', goings)?.state).toBe('being-made')
    expect(book.remove('practice:new')).toMatchObject({ ok: false, failure: { code: 'busy' } })
    place.settle(false)
    expect(book.describe('practice:new', 'en', goings)).toBeNull()
    expect(existsSync(place.folder)).toBe(false)
  })
})

describe('small things', () => {
  it('tells pointer buttons as they go down and up', () => {
    const at = { kind: 'pointer', x: 0.25, y: 0.5 } as const
    expect(pointerEvents([], { ...at, buttons: ['left'] })).toEqual([
      { kind: 'move', x: 0.25, y: 0.5 },
      { kind: 'button', button: 'left', down: true },
    ])
    expect(pointerEvents(['left'], { ...at, buttons: ['right'] }).slice(1)).toEqual([
      { kind: 'button', button: 'left', down: false },
      { kind: 'button', button: 'right', down: true },
    ])
    expect(pointerEvents(['left'], { ...at, buttons: ['left'] })).toHaveLength(1)
  })

  it('cuts what is too long to show and says so', () => {
    const files = [
      { name: 'a', text: 'ü'.repeat(6) },
      { name: 'b', text: 'x'.repeat(6) },
      { name: 'c', text: 'y' },
    ]
    expect(preview(files, 10)).toEqual([
      { name: 'a', size: 12, text: 'ü'.repeat(6), cut: false },
      { name: 'b', size: 6, text: 'xxxx', cut: true },
      { name: 'c', size: 1, text: '', cut: true },
    ])
  })

  it('does not believe what describes this PC when it is no such document', async () => {
    const liar = (code: string) => askThisPc({ program: process.execPath, args: ['-e', code] })
    expect(await liar('console.log("{}")')).toMatchObject({ ok: false, failure: { code: 'tool-failed' } })
    expect(await liar('console.log("Windows")')).toMatchObject({
      ok: false,
      failure: { code: 'tool-failed' },
    })
    expect(await liar('process.exit(3)')).toMatchObject({ ok: false, failure: { facts: { exitCode: 3 } } })
  })
})
