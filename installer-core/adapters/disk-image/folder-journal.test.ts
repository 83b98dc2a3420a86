import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { startCommand } from '../run-command.ts'
import { folderJournalStore } from './folder-journal.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-journal-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('journals in a folder', () => {
  it('keeps what is appended, run by run', async () => {
    const store = folderJournalStore(join(folder, 'journal'))
    expect(expectOk(await store.runs())).toEqual([])
    expectOk(await store.append('2026-2', Uint8Array.of(1, 2)))
    expectOk(await store.append('2026-1', Uint8Array.of(9)))
    expectOk(await store.append('2026-2', Uint8Array.of(3)))
    expect(expectOk(await store.runs())).toEqual(['2026-1', '2026-2'])
    expect(expectOk(await store.read('2026-2'))).toEqual(Uint8Array.of(1, 2, 3))
    expect(await store.read('2026-3')).toMatchObject({ failure: { code: 'not-found' } })
    expect(await store.read('../pc')).toMatchObject({ failure: { code: 'not-found' } })
  })

  it('lets one run at a time, and names the process that has the lock', async () => {
    const store = folderJournalStore(folder)
    const release = expectOk(await store.lock())
    expect(await folderJournalStore(folder).lock()).toMatchObject({
      failure: { code: 'run-locked', facts: { found: process.pid } },
    })
    await release()
    await expectOk(await store.lock())()
  })

  it('takes over the lock of a dead process, and of one whose number was given to another', async () => {
    const gone = expectOk(startCommand({ program: process.execPath, args: ['-e', ''] }))
    await gone.ended
    for (const holder of [
      { pid: gone.pid, started: '' },
      { pid: process.pid, started: '' },
      { pid: process.ppid, started: '1' },
      'torn',
    ]) {
      writeFileSync(join(folder, 'lock'), JSON.stringify(holder))
      await expectOk(await folderJournalStore(folder).lock())()
    }
  })
})
