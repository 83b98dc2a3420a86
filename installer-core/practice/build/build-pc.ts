import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Json } from '../../base/json.ts'
import { done, fail, type Result } from '../../base/result.ts'
import { buildDisk } from './build-disk.ts'
import { buildFirmware } from './build-firmware.ts'
import type { DiskDesign, PcDesign } from './pc-design.ts'

export const descriptionFile = 'pc.json'
export const firmwareFile = 'firmware.fd'

/**
 * Makes the folder of a practice PC. `already-exists` when the folder holds anything. `emptyStore` is OVMF's empty
 * variable store; a BIOS PC has none.
 */
export async function buildPc(
  folder: string,
  design: PcDesign,
  emptyStore: string | null,
): Promise<Result<void>> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0) return fail('already-exists', { what: folder })
  for (const disk of design.disks) {
    const built = await buildDisk(folder, disk)
    if (!built.ok) return built
  }
  if (design.variables !== null && emptyStore !== null) {
    const built = await buildFirmware(emptyStore, join(folder, firmwareFile), design.variables)
    if (!built.ok) return built
  }
  // Last, so that a folder with a description is a whole PC.
  await writeFile(join(folder, descriptionFile), `${JSON.stringify(describe(design), null, 2)}\n`)
  return done
}

function describe({ description, disks, variables }: PcDesign): Json {
  const firmware = description['firmware']
  const variablesMember = variables === null ? {} : { variables: firmwareFile }
  return {
    format: 'berth-practice-pc/1',
    ...description,
    firmware: { ...(firmware as Record<string, Json>), ...variablesMember },
    disks: disks.map(describeDisk),
  }
}

function describeDisk({ file, sectorSize, model, serial, bus, removable }: DiskDesign): Json {
  return { file, sectorSize, model, serial, bus, removable }
}
