import type { ThisPc } from '../../model/this-pc.ts'
import { safeText } from '../../probe/safe-text.ts'
import { readers, type ThisPcParts } from './parts.ts'

const unknown: ThisPcParts = {
  os: { kind: 'other', name: safeText(''), version: safeText('') },
  computer: { vendor: safeText(''), model: safeText('') },
  cpu: { name: safeText(''), cores: 0 },
  memory: null,
  gpus: [],
  firmware: 'unknown',
  power: { source: 'unknown', percent: null },
  disks: [],
  volumes: [],
  mounts: [],
}

/**
 * What can be told about the PC this runs on without any privilege: advisory, never planned on. A part that cannot be
 * read is empty and named in `missing`. The packages behind it start programs and may block: run it in a process of its
 * own (`berth this-pc`).
 */
export async function readThisPc(parts: typeof readers = readers): Promise<ThisPc> {
  const missing: ThisPc['missing'][number][] = []
  const read = async <P extends keyof ThisPcParts>(part: P): Promise<ThisPcParts[P]> => {
    try {
      return await parts[part]()
    } catch (thrown) {
      missing.push({ part, reason: safeText(thrown instanceof Error ? thrown.message : String(thrown)) })
      return unknown[part]
    }
  }
  return {
    schema: 'berth/this-pc/1',
    advisory: true,
    takenAt: new Date().toISOString(),
    os: await read('os'),
    computer: await read('computer'),
    cpu: await read('cpu'),
    memory: await read('memory'),
    gpus: await read('gpus'),
    firmware: await read('firmware'),
    power: await read('power'),
    disks: await read('disks'),
    volumes: await read('volumes'),
    mounts: await read('mounts'),
    missing,
  }
}
