import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const formats = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const repository = resolve(formats, '../..')

/** Copies under a permissive licence lie in the repository; the others beside the checkout, where there are any. */
const places = [
  { count: 'fixtures in the repository', folder: join(formats, 'fixtures') },
  {
    count: 'fixtures beside the checkout',
    folder: process.env['BERTH_SHARED_FIXTURES'] ?? resolve(repository, '../shared/fixtures'),
  },
] as const

const used = new Map<string, string>()

/** The bytes of a fixture such as `efivars/x.json`; null when it is neither in the repository nor beside the checkout. */
export function readFixture(path: string): Uint8Array | null {
  const place = places.find(({ folder }) => existsSync(join(folder, path)))
  if (place === undefined) return null
  used.set(path, place.count)
  return new Uint8Array(readFileSync(join(place.folder, path)))
}

/** Declares a test on a fixture; none where the fixture is absent. What was read is counted for the closing line. */
export function itReads(path: string, title: string, test: (data: Uint8Array) => void): void {
  const data = readFixture(path)
  if (data === null) return
  it(`${path}: ${title}`, () => test(data))
}

/** Tests leave their numbers in this folder, one file per test file; the closing lines of `npm test` add them up. */
afterAll(() => {
  const counts: Record<string, number> = {}
  for (const name of used.values()) counts[name] = (counts[name] ?? 0) + 1
  const folder = join(repository, 'dist/test-counts')
  mkdirSync(folder, { recursive: true })
  const file = basename(expect.getState().testPath ?? 'fixtures')
  writeFileSync(join(folder, `fixtures-${file}.json`), JSON.stringify(counts))
})
