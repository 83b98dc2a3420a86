import { expect, it } from 'vitest'
import { readOvmf } from '../testing/foreign-tools.ts'
import { seeded } from '../testing/fuzz.ts'
import { hasPendingWrite } from './pending-write.ts'
import { smallStore } from './testing/small-store.ts'
import { withWrite } from './testing/with-write.ts'

it.each([
  ['OVMF_VARS_4M.fd', 0x41000],
  ['OVMF_VARS.fd', 0xf000],
] as const)(
  'tells a write that %s would finish at the next start from finished and abandoned ones',
  (name, at) => {
    const image = readOvmf(name)
    expect(hasPendingWrite(image)).toBe(false)
    const started = 0xff & ~0x01 & ~0x02
    const [finished, spareThere, allThere] = [started & ~0x04, 0xff & ~0x02, 0xff & ~0x02 & ~0x04]
    expect(hasPendingWrite(withWrite(image, at, started, 0xff))).toBe(false)
    expect(hasPendingWrite(withWrite(image, at, started, spareThere))).toBe(true)
    expect(hasPendingWrite(withWrite(image, at, started, allThere))).toBe(false)
    expect(hasPendingWrite(withWrite(image, at, finished, allThere))).toBe(false)
  },
)

it('knows no such writes where there is no work space, and never throws', () => {
  expect(hasPendingWrite(smallStore())).toBe(false)
  expect(hasPendingWrite(new Uint8Array())).toBe(false)
  const image = readOvmf('OVMF_VARS.fd')
  const random = seeded(5)
  for (let n = 0; n < 300; n += 1) {
    const damaged = withWrite(image, 0xf000, 0xfc, 0xfd)
    for (let k = 0; k < 8; k += 1)
      damaged[0xf000 + 16 + Math.floor(random() * 100)] = Math.floor(random() * 256)
    expect(typeof hasPendingWrite(damaged)).toBe('boolean')
  }
})
