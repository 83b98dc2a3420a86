import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { expectOk, type Result } from '../../base/result.ts'
import { diskImagePlatform } from '../../adapters/disk-image/disk-image-platform.ts'
import { pcFileSchema } from '../../adapters/disk-image/pc-schema.ts'
import { nodeHasher } from '../../adapters/node-hasher.ts'
import { Installer } from '../../installer.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import type { Platform } from '../../ports/platform.ts'
import type { Before, RunTools } from '../run-tools.ts'
import type { CowDisk } from './cow-disk.ts'
import { partsOf, type Change, type Parts, type World } from './world.ts'

const scratch = mkdtempSync(join(tmpdir(), 'berth-cut-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** The disk-image adapter's own code on the parts of a world. */
export function openOn(parts: Parts): Result<Platform> {
  const disks = parts.disks.map(({ name, sectorSize }) => ({ file: name, sectorSize }))
  const pc = pcFileSchema.parse({ format: 'berth-practice-pc/1', disks })
  return diskImagePlatform({ ...parts, pc, access: 'write', scratch, hasher: nodeHasher })
}

/** What a run needs, on a world; `note` is told every change. */
export function toolsOn(world: World, note?: (change: Change) => void): RunTools {
  const parts = partsOf(world, note)
  let tick = 0
  return {
    platform: expectOk(openOn(parts)),
    journal: parts.journal,
    hasher: nodeHasher,
    clock: { now: () => new Date(1_795_000_000_000 + tick++).toISOString(), monotonic: () => tick++ },
    cancellation: neverCancelled,
    onEvent: () => undefined,
    version: '0.0.0',
  }
}

/** What a person works with, on the same world. */
export function installerOn({ platform, journal, hasher, clock, version }: RunTools): Installer {
  return new Installer({ platform, journal, hasher, clock, version })
}

export async function beforeOf(tools: RunTools): Promise<Before> {
  const { disks } = expectOk(await tools.platform.probe(neverCancelled))
  return {
    bootOrder: [0],
    bootNext: null,
    disks: disks.map((disk) => ({ ...disk, serial: null })) as unknown as Before['disks'],
    bootVolumeFree: null,
  }
}

export function onlyDisk(world: World): CowDisk {
  return world.disks[0] as CowDisk
}
