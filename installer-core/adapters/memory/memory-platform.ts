import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { JournalStore } from '../../ports/journal-store.ts'
import type { Platform } from '../../ports/platform.ts'
import { diskImagePlatform } from '../disk-image/disk-image-platform.ts'
import type { PcFile } from '../disk-image/pc-schema.ts'
import type { RawDisk } from '../disk-image/raw-disk.ts'
import type { SectorLog } from '../disk-image/sector-log.ts'
import type { VariableFile } from '../disk-image/variable-file.ts'
import type { VolumeTools } from '../disk-image/volume-resize/volume-tools.ts'
import { nodeHasher } from '../node-hasher.ts'
import { FaultInjector, type FaultPlan } from './fault-plan.ts'
import { faultyDisk, faultyLog, faultyVariables } from './faulty-parts.ts'
import { memoryJournalStore } from './memory-journal.ts'
import { memoryLog, memoryVariables } from './memory-parts.ts'

/** What survives a restart of a PC in memory; hand the same one over again to restart it. */
export interface MemoryState {
  readonly disks: readonly RawDisk[]
  readonly variables: VariableFile | null
  readonly log: SectorLog
  readonly journalStore: JournalStore
}

/** A PC in memory, with at most one planned fault. */
export interface MemoryPc {
  readonly platform: Platform
  readonly journalStore: JournalStore
  readonly state: MemoryState
  /** Counts the calls that a fault can hit. */
  readonly faults: FaultInjector
}

/** A PC of these disks and this OVMF variable store (null: a BIOS PC). */
export function memoryState(disks: readonly RawDisk[], variables: Uint8Array | null): MemoryState {
  return {
    disks,
    variables: variables === null ? null : memoryVariables(variables),
    log: memoryLog(),
    journalStore: memoryJournalStore(),
  }
}

/** The practice PC's own code over memory, with faults below it: what they do to it, they would do to a folder of images. */
export function memoryPlatform(parts: {
  readonly pc: PcFile
  readonly state: MemoryState
  readonly access?: 'read' | 'write'
  readonly faults?: FaultPlan
  readonly tools?: VolumeTools
}): Result<MemoryPc> {
  const { pc, state, tools } = parts
  const faults = new FaultInjector(parts.faults)
  const platform = diskImagePlatform({
    pc,
    access: parts.access ?? 'write',
    disks: state.disks.map((disk) => faultyDisk(disk, faults)),
    variables: state.variables === null ? null : faultyVariables(state.variables, faults),
    log: faultyLog(state.log, faults),
    scratch: join(tmpdir(), `berth-memory-${process.pid}`),
    hasher: nodeHasher,
    ...(tools === undefined ? {} : { tools }),
  })
  if (!platform.ok) return platform
  return ok({ platform: platform.value, journalStore: state.journalStore, state, faults })
}
