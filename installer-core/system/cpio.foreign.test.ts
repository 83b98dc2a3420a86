import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeCpio, type CpioEntry } from './cpio.ts'

const text = (value: string) => new TextEncoder().encode(value)
const entries: readonly CpioEntry[] = [
  { kind: 'file', path: 'init', mode: 0o755, data: text('#!/bin/sh\n') },
  { kind: 'folder', path: 'bin', mode: 0o755 },
  { kind: 'file', path: 'bin/tool', mode: 0o644, data: text('12345') },
  { kind: 'link', path: 'bin/sh', target: 'tool' },
]

describe('an initramfs archive', () => {
  it('is unpacked by BusyBox as it was meant', () => {
    const folder = mkdtempSync(join(tmpdir(), 'berth-cpio-'))
    try {
      const run = spawnSync('busybox', ['cpio', '-i', '-d', '-m'], { cwd: folder, input: makeCpio(entries) })
      expect(run.error).toBeUndefined()
      expect(run.status).toBe(0)
      expect(readFileSync(join(folder, 'bin/tool'), 'utf8')).toBe('12345')
      expect(readlinkSync(join(folder, 'bin/sh'))).toBe('tool')
      expect(statSync(join(folder, 'init')).mode & 0o777).toBe(0o755)
      expect(statSync(join(folder, 'init')).mtimeMs).toBe(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('depends on what is in it, not on the order in which it was named', () => {
    expect(makeCpio([...entries].reverse())).toEqual(makeCpio(entries))
  })

  it('holds numbers of its own for every entry and none for its end', () => {
    const archive = new TextDecoder('latin1').decode(makeCpio(entries))
    const inodes = [...archive.matchAll(/070701(.{8})/g)].map(([, inode]) => inode)
    expect(inodes).toEqual(['00000001', '00000002', '00000003', '00000004', '00000000'])
    expect(archive.length % 4).toBe(0)
  })

  it('refuses paths that would land elsewhere, and a path given twice', () => {
    const file = (path: string): CpioEntry => ({ kind: 'file', path, mode: 0o644, data: text('') })
    expect(() => makeCpio([file('/etc/passwd')])).toThrow(RangeError)
    expect(() => makeCpio([file('a'), file('a')])).toThrow(RangeError)
    expect(() => makeCpio([file('')])).toThrow(RangeError)
  })
})
