import { describe, expect, it } from 'vitest'
import { comparePackages, makeBillOfMaterials, parseLicences, parsePackages } from './software-list.ts'

const table = [
  'firefox-esr\t153.5.1esr-1~deb13u1\tamd64\tfirefox-esr\t153.5.1esr-1~deb13u1\t301518',
  'libstdc++6\t14.2.0-19\tamd64\tgcc-14\t14.2.0-19\t2800',
  '',
].join('\n')
const licences = 'firefox-esr\tMPL-2.0;BSD-3-clause\n'

describe("an image's software", () => {
  it('is read from the package database with the source each package was built from', () => {
    expect(parsePackages(table)[1]).toEqual({
      name: 'libstdc++6',
      version: '14.2.0-19',
      architecture: 'amd64',
      source: 'gcc-14',
      sourceVersion: '14.2.0-19',
    })
  })

  it('becomes a bill of materials whose package URLs are well-formed', () => {
    const packages = parsePackages(table)
    const text = makeBillOfMaterials(
      { name: 'Berth desktop', version: '1.0.0' },
      packages,
      parseLicences(licences),
    )
    const bill = JSON.parse(text) as { specVersion: string; components: Record<string, unknown>[] }
    expect(bill.specVersion).toBe('1.6')
    expect(bill.components.map((component) => component['purl'])).toEqual([
      'pkg:deb/debian/firefox-esr@153.5.1esr-1~deb13u1?arch=amd64&distro=debian-13',
      'pkg:deb/debian/libstdc%2B%2B6@14.2.0-19?arch=amd64&distro=debian-13',
    ])
    expect(bill.components[0]!['licenses']).toEqual([
      { license: { name: 'MPL-2.0' } },
      { license: { name: 'BSD-3-clause' } },
    ])
    expect(bill.components[1]!['licenses']).toEqual([])
  })

  it('is compared between two releases', () => {
    const before = parsePackages(table)
    const after = parsePackages(
      'libstdc++6\t14.2.0-20\tamd64\tgcc-14\t14.2.0-20\t1\nlabwc\t0.8.3-1\tamd64\tlabwc\t0.8.3-1\t1\n',
    )
    expect(comparePackages(before, after).changes).toEqual([
      { name: 'firefox-esr', before: '153.5.1esr-1~deb13u1', after: null },
      { name: 'labwc', before: null, after: '0.8.3-1' },
      { name: 'libstdc++6', before: '14.2.0-19', after: '14.2.0-20' },
    ])
    expect(comparePackages(before, before).changes).toEqual([])
  })
})
