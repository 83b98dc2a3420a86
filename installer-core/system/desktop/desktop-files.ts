import { createHash } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readAsset } from '../../adapters/assets.ts'

/** One file of the recipe: where it lies below `assets/system/desktop/`, and whether it is a program. */
interface RecipeFile {
  readonly path: string
  readonly mode: number
}

const folder = 'system/desktop'
const decoder = new TextDecoder()

/** Every file of the recipe, as `assets/system/desktop/files` lists them: `755 build/finish`. */
export function recipeFiles(): readonly RecipeFile[] {
  return lines('files').map((line) => {
    const [mode = '', path = ''] = line.split(' ')
    return { path, mode: Number.parseInt(mode, 8) }
  })
}

/** Names of the Debian packages that are asked for, without what they depend on. */
export function recipePackages(): readonly string[] {
  return lines('packages').flatMap((line) => line.split(/\s+/))
}

/** SHA-256 over every file of the recipe, its name and its mode: another recipe is another image. */
export function recipeDigest(): string {
  const hash = createHash('sha256')
  for (const { path, mode } of recipeFiles()) {
    const data = readAsset(`${folder}/${path}`)
    hash.update(`${mode.toString(8)} ${path} ${data.length}\n`).update(data)
  }
  return hash.digest('hex')
}

/** Writes the recipe's files into a folder, as they lie in `assets/`. */
export async function writeRecipe(into: string): Promise<void> {
  for (const { path, mode } of recipeFiles()) {
    const target = join(into, path)
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, readAsset(`${folder}/${path}`))
    await chmod(target, mode)
  }
}

/** Lines of a list in the recipe, without comments and blank ones. */
function lines(name: string): readonly string[] {
  return decoder
    .decode(readAsset(`${folder}/${name}`))
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
}
