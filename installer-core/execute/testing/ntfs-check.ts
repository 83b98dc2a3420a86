import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { MiB } from '../../base/bytes.ts'
import { ntfsFiles, tool } from './make-world.ts'
import { onlyDisk } from './open-world.ts'
import type { Scenario } from './scenario.ts'
import { bytesAt, type World } from './world.ts'

/** Foreign tools find the NTFS volume consistent, at its full size, and every file in it as it was. */
export function expectSoundNtfs(world: World, { shape }: Scenario): void {
  const folder = mkdtempSync(join(tmpdir(), 'berth-ntfs-'))
  try {
    const image = join(folder, 'ntfs.img')
    writeFileSync(image, bytesAt(onlyDisk(world)).read((2 + shape.esp) * MiB, shape.ntfs * MiB))
    const told = tool('ntfsresize', ['--info', '--force', '--force', '--no-progress-bar', image]).toString()
    const size = Number(/Current volume size: (\d+) bytes/.exec(told)?.[1])
    expect(size).toBeGreaterThan(shape.ntfs * MiB - 64 * 1024)
    for (const [name, data] of Object.entries(ntfsFiles))
      expect(tool('ntfscat', ['--force', image, name]).equals(data), name).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
