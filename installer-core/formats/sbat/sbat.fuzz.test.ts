import { it } from 'vitest'
import { readFixture } from '../testing/shared-fixtures.ts'
import { fuzz } from '../testing/fuzz.ts'
import { parseSbatLevel, parseSbatSection } from './sbat.ts'

const seed = (name: string) => readFixture(`secure-boot/${name}`) ?? new Uint8Array()
const bound = (length: number) => ({ bytes: length, entries: length + 1 })

it('takes any bytes as a section', () => {
  const seeds = [seed('sbat-shim-section.csv')]
  fuzz({ name: 'sbat section', seeds, parse: parseSbatSection, bound })
})

it('takes any bytes as a level', () => {
  const seeds = ['sbat-level-2022052400.csv', 'sbat-level-2024040900.csv'].map((name) => seed(name))
  fuzz({ name: 'sbat level', seeds, parse: parseSbatLevel, bound })
})
