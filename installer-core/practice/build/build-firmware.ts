import { readFile, writeFile } from 'node:fs/promises'
import type { Result } from '../../base/result.ts'
import { ok } from '../../base/result.ts'
import { setVariable } from '../../formats/varstore/edit-varstore.ts'
import type { VariableDesign } from './pc-design.ts'

/** Makes a firmware-variable file: an empty store of OVMF's with these variables. */
export async function buildFirmware(
  emptyStore: string,
  file: string,
  variables: readonly VariableDesign[],
): Promise<Result<void>> {
  let image: Uint8Array = new Uint8Array(await readFile(emptyStore))
  for (const { vendor, name, attributes, data } of variables) {
    const set = setVariable(image, { vendor, name }, { attributes, data })
    if (!set.ok) return set
    image = set.value
  }
  await writeFile(file, image, { flag: 'wx' })
  return ok(undefined)
}
