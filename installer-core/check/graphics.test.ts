import { describe, expect, it } from 'vitest'
import type { GraphicsMaker } from '../model/graphics.ts'
import type { ReleaseId } from '../model/primitives.ts'
import type { ReleaseManifest } from '../model/release.ts'
import { bestVariant, graphicsMakersOf, isMadeFor, missingMakers, notYetShown } from './graphics.ts'
import { buildRelease } from './testing/machine-builder.ts'

function made(id: string, makers?: readonly GraphicsMaker[], otherwise?: string): ReleaseManifest {
  const { needs } = buildRelease()
  const graphics = {
    makers: makers ?? [],
    ...(otherwise === undefined ? {} : { otherwise: otherwise as ReleaseId }),
  }
  return buildRelease({ id: id as ReleaseId, needs: makers === undefined ? needs : { ...needs, graphics } })
}
const desktop = made('desktop-1', ['intel', 'amd'], 'desktop-nvidia-1')
const nvidia = made('desktop-nvidia-1', ['intel', 'amd', 'nvidia'])
const minimal = made('minimal-1')
const offered = [minimal, desktop, nvidia]

describe('who made the graphics', () => {
  it.each<[string, readonly string[], readonly GraphicsMaker[]]>([
    ['PCI numbers as Linux tells them', ['Intel 8086:9a49', 'NVIDIA 10de:25A0'], ['intel', 'nvidia']],
    ['AMD', ['AMD 1002:1638'], ['amd']],
    [
      "names of Windows' drivers",
      ['NVIDIA GeForce RTX 3060', 'Intel(R) UHD Graphics 770'],
      ['intel', 'nvidia'],
    ],
    ['names that do not begin with the maker', ['GeForce GTX 970', 'Radeon RX 580'], ['amd', 'nvidia']],
    ['what pci.ids calls AMD', ['Advanced Micro Devices, Inc. [AMD/ATI] Renoir'], ['amd']],
    ['the same maker twice', ['NVIDIA 10de:2204', 'NVIDIA 10de:2204'], ['nvidia']],
    ['graphics of virtual PCs', ['Graphics 1234:1111', 'Microsoft Basic Display Adapter'], []],
    ['a number decides, not the words around it', ['Intel 10de:2204'], ['nvidia']],
    ['words within other words are none', ['Combination', 'Intelligent'], []],
    ['nothing', [], []],
  ])('is told by %s', (_, gpus, expected) => {
    expect(graphicsMakersOf(gpus)).toEqual(expected)
  })
})

describe('graphics that are newer than a release', () => {
  const known = ['10de:2b', '10de:2c'].map((pci) => ({ pci, name: 'GeForce RTX 50' }))
  const { needs } = buildRelease()
  const older = { id: 'desktop-1' as ReleaseId, needs: { ...needs, graphics: { makers: [], notYet: known } } }

  it.each<[string, readonly string[], readonly string[]]>([
    ['two by their numbers', ['NVIDIA 10DE:2B85', 'NVIDIA 10de:2c02'], ['GeForce RTX 50']],
    ['one by its name', ['NVIDIA GeForce RTX 5070 Ti'], ['GeForce RTX 50']],
    ['older ones', ['NVIDIA 10de:2684', 'NVIDIA GeForce RTX 4090', 'Intel 8086:2c02'], []],
    ['none', [], []],
  ])('are named: %s', (_, gpus, expected) => {
    expect(notYetShown(older, gpus)).toEqual(expected)
    expect(notYetShown(minimal, gpus)).toEqual([])
  })
})

describe('the variant for a PC', () => {
  it.each<[string, readonly GraphicsMaker[], ReleaseManifest]>([
    ['NVIDIA alone', ['nvidia'], nvidia],
    ['Intel and NVIDIA in one laptop', ['intel', 'nvidia'], nvidia],
    ['AMD and NVIDIA in one PC', ['amd', 'nvidia'], nvidia],
    ['Intel', ['intel'], desktop],
    ['AMD', ['amd'], desktop],
    ['graphics that nobody knows', [], desktop],
  ])('with %s is found from either', (_, makers, expected) => {
    expect(bestVariant(desktop, offered, makers).id).toBe(expected.id)
    expect(bestVariant(nvidia, offered, makers).id).toBe(expected.id)
    expect(bestVariant(nvidia, [...offered].reverse(), makers).id).toBe(expected.id)
    // What is no variant of it is never taken in its place.
    expect(bestVariant(minimal, offered, makers)).toBe(minimal)
  })

  it('is named only where there is a choice that the PC decides', () => {
    const told = (one: ReleaseManifest, makers: readonly GraphicsMaker[], list = offered) =>
      isMadeFor(one, list, makers)
    expect([told(desktop, ['intel']), told(nvidia, ['intel'])]).toEqual([true, false])
    expect([told(desktop, ['intel', 'nvidia']), told(nvidia, ['intel', 'nvidia'])]).toEqual([false, true])
    expect([told(desktop, []), told(nvidia, []), told(minimal, ['nvidia'])]).toEqual([false, false, false])
    expect(told(nvidia, ['nvidia'], [minimal, nvidia])).toBe(false)
  })

  it('is not the better of two that both do not fit', () => {
    const one = made('a-1', ['intel'], 'b-1')
    const other = made('b-1', ['amd'])
    expect(isMadeFor(one, [one, other], ['nvidia'])).toBe(false)
    expect(isMadeFor(other, [one, other], ['nvidia'])).toBe(false)
  })
})

it('misses nothing where a release does not say what graphics it is made for', () => {
  expect(missingMakers(minimal, ['intel', 'amd', 'nvidia'])).toEqual([])
  expect(missingMakers(desktop, ['intel', 'nvidia'])).toEqual(['nvidia'])
})
