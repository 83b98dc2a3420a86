import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { takeLock } from './lock-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'berth-lock-'))
  path = join(folder, 'open')
})
afterEach(() => rmSync(folder, { recursive: true }))

const dead = JSON.stringify({ pid: 2 ** 22 + 1, started: '1' })
const code = () => {
  const taken = takeLock(path)
  return taken.ok ? 'ok' : taken.failure.code
}
const leftovers = () => readdirSync(folder).filter((name) => name !== 'open')

it('is one holder’s at a time, and free again when it is released', async () => {
  const release = expectOk(takeLock(path))
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid })
  expect(code()).toBe('run-locked')
  await release()
  expect(existsSync(path)).toBe(false)
  await expectOk(takeLock(path))()
  expect(leftovers()).toEqual([])
})

it.each([dead, '', '{'])('is taken over from a dead process (%j)', async (content) => {
  writeFileSync(path, content)
  const release = expectOk(takeLock(path))
  expect(code()).toBe('run-locked')
  await release()
  expect(leftovers()).toEqual([])
})

it('is not taken from a dead process while another one is doing that', async () => {
  const other = spawn('sleep', ['60'])
  try {
    const taking = join(folder, `open.${other.pid}.taking`)
    writeFileSync(path, dead)
    writeFileSync(taking, JSON.stringify({ pid: other.pid, started: '' }))
    expect(code()).toBe('run-locked')
    expect(readFileSync(path, 'utf8')).toBe(dead)
    writeFileSync(taking, dead)
    expect(code()).toBe('ok')
  } finally {
    other.kill()
  }
})
