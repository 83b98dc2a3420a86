import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recipeDigest, recipeFiles, recipePackages } from './desktop-files.ts'

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
    const packages = recipePackages()
    expect(new Set(packages).size).toBe(packages.length)
    for (const name of packages) expect(name).toMatch(/^[a-z0-9][a-z0-9+.-]+$/)
    expect(packages).toEqual(expect.arrayContaining(['linux-image-amd64', 'greetd', 'labwc', 'firefox-esr']))
  })

  it('is one content: the same digest each time it is read', () => {
    expect(recipeDigest()).toMatch(/^[0-9a-f]{64}$/)
    expect(recipeDigest()).toBe(recipeDigest())
  })
})
