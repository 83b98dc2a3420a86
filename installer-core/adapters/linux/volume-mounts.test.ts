import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseMountTable } from './mount-table.ts'
import { shownIn } from './volume-mounts.ts'

/** A file system that every Linux has, to stand for a mounted partition: with its real number. */
const real = parseMountTable(readFileSync('/proc/self/mountinfo', 'utf8')).find(
  ({ point }) => point === '/proc',
)

function shown(root: string, point: string): string | null {
  const device = real?.device ?? ''
  return shownIn(parseMountTable(`40 1 ${device} ${root} ${point} rw - vfat /dev/sda1 rw\n`))?.folder ?? null
}

describe('where a volume is shown already', () => {
  it('is where the system has mounted it', () => {
    expect(shown('/', '/proc')).toBe('/proc')
  })

  it('is nowhere when only a part of it shows there', () => {
    expect(shown('/self', '/proc')).toBeNull()
  })

  it('is not below what was mounted over it, nor where nothing is', () => {
    expect(shown('/', '/sys')).toBeNull()
    expect(shown('/', '/no/such/folder')).toBeNull()
  })
})
