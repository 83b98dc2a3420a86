import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { filesOf, recipeDigest, recipeFiles, recipePackages } from './desktop-files.ts'
import { desktopVariants } from './desktop-variants.ts'
import { olderArchives } from './install-packages.ts'

const { plain, nvidia } = desktopVariants

const folder = join(import.meta.dirname, '../../../assets/system/desktop')

describe("the desktop's recipe", () => {
  it('lists every file in its folder with the mode it has, and no other', () => {
    const there = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => path !== join(folder, 'files'))
    const seen = there.map((path) => {
      const mode = statSync(path).mode & 0o100 ? 0o755 : 0o644
      return `${mode.toString(8)} ${relative(folder, path)}`
    })
    const listed = recipeFiles().map(({ path, mode }) => `${mode.toString(8)} ${path}`)
    expect([...listed].sort()).toEqual(seen.sort())
  })

  it('asks for each package once, by a name that Debian allows', () => {
    const packages = recipePackages(nvidia)
    expect(new Set(packages).size).toBe(packages.length)
    for (const name of packages) expect(name).toMatch(/^[a-z0-9][a-z0-9+.-]+$/)
    expect(packages).toEqual(expect.arrayContaining(['linux-image-amd64', 'greetd', 'labwc', 'firefox-esr']))
  })

  it('adds to the desktop for NVIDIA what its graphics need, and nothing that is compiled on the PC', () => {
    const shared = recipePackages(plain)
    expect(recipePackages(nvidia)).toEqual([...shared, 'firmware-nvidia-graphics'])
    expect(shared).not.toContain('firmware-nvidia-graphics')
    expect(shared).toEqual(expect.arrayContaining(['libgl1-mesa-dri', 'mesa-vulkan-drivers']))
  })

  it("leaves one desktop's image alone when another one's files change", () => {
    const paths = (variant: typeof plain) => filesOf(variant).map(({ path }) => path)
    expect(paths(plain).filter((path) => path.startsWith('variants/'))).toEqual([])
    expect(paths(nvidia)).toEqual([...paths(plain), 'variants/nvidia/packages'])
    expect(recipeDigest(plain)).not.toBe(recipeDigest(nvidia))
  })

  it('throws away older packages of the same desktop only', () => {
    const [one, other] = ['0'.repeat(32), 'f'.repeat(32)]
    const names = [`packages-${one}.tar`, `packages-nvidia-${other}.tar`, 'pool', one, 'packages-x.tar']
    expect(olderArchives(names, plain)).toEqual([`packages-${one}.tar`])
    expect(olderArchives(names, nvidia)).toEqual([`packages-nvidia-${other}.tar`])
  })

  it('names the desktop for NVIDIA to those whose graphics the other one is not made for', () => {
    expect(plain.otherwise).toBe(nvidia.system)
    expect(nvidia.graphics).toEqual([...plain.graphics, 'nvidia'])
  })

  it('is one content: the same digest each time it is read', () => {
    expect(recipeDigest(plain)).toMatch(/^[0-9a-f]{64}$/)
    expect(recipeDigest(plain)).toBe(recipeDigest(plain))
  })
})
