import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder } from '../../adapters/cache-folder.ts'
import { fail, ok, type Result } from '../../base/result.ts'

/** OVMF's two files: the code, and an empty variable store to start a PC from. */
export interface FirmwareImage {
  readonly code: string
  readonly variables: string
}

const names = [
  { code: 'OVMF_CODE_4M.fd', variables: 'OVMF_VARS_4M.fd' },
  { code: 'OVMF_CODE.fd', variables: 'OVMF_VARS.fd' },
]

/**
 * The firmware for practice PCs: a newer one that Berth fetched (it starts faster), else the installed package's.
 * `tool-missing` (package `ovmf`) when there is none.
 */
export function findFirmware(): Result<FirmwareImage> {
  const folders = [join(cacheFolder(), 'ovmf'), '/usr/share/OVMF', '/usr/share/edk2/ovmf', '/usr/share/ovmf']
  return firstFirmware(folders) ?? fail('tool-missing', { tool: 'OVMF', package: 'ovmf' })
}

/** The code that fits an existing variable store of `size` bytes: the 4 MB and the 2 MB builds do not mix. */
export function findFirmwareCode(size: number): Result<string> {
  const found = findFirmware()
  if (!found.ok) return found
  const small = size <= 0x20000
  const [large, little] = names.map((name) => join(dirname(found.value.code), name.code))
  const code = small ? little : large
  return code !== undefined && existsSync(code)
    ? ok(code)
    : fail('tool-missing', { tool: `OVMF (${small ? '2 MB' : '4 MB'} build)`, package: 'ovmf' })
}

function firstFirmware(folders: readonly string[]): Result<FirmwareImage> | null {
  for (const folder of folders)
    for (const name of names) {
      const image = { code: join(folder, name.code), variables: join(folder, name.variables) }
      if (existsSync(image.code) && existsSync(image.variables)) return ok(image)
    }
  return null
}
