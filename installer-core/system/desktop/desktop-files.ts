import { createHash } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readAsset } from '../../adapters/assets.ts'
import type { DesktopVariant } from './desktop-variants.ts'

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

/** The files that one desktop is made of: those of all, and its own. */
export function filesOf({ folder: own }: DesktopVariant): readonly RecipeFile[] {
  return recipeFiles().filter(
    ({ path }) => !path.startsWith('variants/') || (own !== null && path.startsWith(`variants/${own}/`)),
  )
}

/** Names of the Debian packages that are asked for, without what they depend on. */
export function recipePackages({ folder: own }: DesktopVariant): readonly string[] {
  const added = own === null ? [] : lines(`variants/${own}/packages`)
  return [...lines('packages'), ...added].flatMap((line) => line.split(/\s+/))
}

/** SHA-256 over every file of a desktop, its name and its mode: another recipe is another image. */
export function recipeDigest(variant: DesktopVariant): string {
  const hash = createHash('sha256')
  for (const { path, mode } of filesOf(variant)) {
    const data = readAsset(`${folder}/${path}`)
    hash.update(`${mode.toString(8)} ${path} ${data.length}\n`).update(data)
  }
  return hash.digest('hex')
}

/** Writes a desktop's files into a folder, as they lie in `assets/`. */
export async function writeRecipe(variant: DesktopVariant, into: string): Promise<void> {
  for (const { path, mode } of filesOf(variant)) {
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
