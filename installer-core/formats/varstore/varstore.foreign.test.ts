import { writeFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { guid, toHex } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { shortFormPath } from '../device-path/short-form.ts'
import { bootEntryName } from '../efi-variable/boot-entry-name.ts'
import { parseBootOrder, serialiseBootOrder } from '../efi-variable/boot-order.ts'
import { parseLoadOption, serialiseLoadOption } from '../load-option/load-option.ts'
import { readOvmf, runForeign, withFolder } from '../testing/foreign-tools.ts'
import { itReads } from '../testing/shared-fixtures.ts'
import { deleteVariable, setVariable } from './edit-varstore.ts'
import { parseVarstore } from './parse-varstore.ts'

interface Listed {
  readonly name: string
  readonly guid: string
  readonly attr: number
  readonly data: string
}
const sorted = (list: readonly Listed[]) =>
  list.toSorted((a, b) => (`${a.name} ${a.guid}` < `${b.name} ${b.guid}` ? -1 : 1))

/** What virt-fw-vars finds in an image. */
function listedByVirtFwVars(image: Uint8Array): readonly Listed[] {
  return withFolder((folder) => {
    const [store, json] = [join(folder, 'vars.fd'), join(folder, 'vars.json')]
    writeFileSync(store, image)
    runForeign('virt-fw-vars', ['--input', store, '--output-json', json])
    const { variables } = JSON.parse(readFileSync(json, 'utf8')) as { variables: readonly Listed[] }
    return sorted(variables.map(({ name, guid: id, attr, data }) => ({ name, guid: id, attr, data })))
  })
}

/** What we find, in the same form. */
function listedByBerth(image: Uint8Array): readonly Listed[] {
  const { variables } = expectOk(parseVarstore(image))
  return sorted(
    variables.map(({ name, vendor: id, attributes, data }) => ({
      name,
      guid: id,
      attr: attributes,
      data: toHex(data),
    })),
  )
}

function changedByVirtFwVars(image: Uint8Array, args: readonly string[], json?: unknown): Uint8Array {
  return withFolder((folder) => {
    const [input, output, file] = ['in.fd', 'out.fd', 'set.json'].map((name) => join(folder, name))
    writeFileSync(input!, image)
    if (json !== undefined) writeFileSync(file!, JSON.stringify(json))
    const set = json === undefined ? [] : ['--set-json', file!]
    runForeign('virt-fw-vars', ['--input', input!, ...args, ...set, '--output', output!])
    return new Uint8Array(readFileSync(output!))
  })
}

const entry = serialiseLoadOption({
  attributes: 1,
  description: 'Berth – ß 漢',
  paths: [
    shortFormPath(
      {
        partitionNumber: 3,
        partitionGuid: guid('6c89622c-0142-433b-8591-7965b5daad12'),
        start: 0x800,
        size: 0x800000,
      },
      '/EFI/Linux/berth+3.efi',
    ),
  ],
  optionalData: new Uint8Array(),
})

/** What an install and its undo would do: entries, orders, replacements, a deletion. */
function edited(image: Uint8Array): Uint8Array {
  const key = (name: string) => ({ vendor: vendor.global, name })
  let out = image
  for (const [name, data] of [
    ['Boot0007', entry],
    ['BootNext', Uint8Array.of(7, 0)],
    ['BootOrder', serialiseBootOrder([0, 1, 7])],
    ['BootOrder', serialiseBootOrder([7, 0, 1])],
  ] as const)
    out = expectOk(setVariable(out, key(name), { attributes: 7, data }))
  out = expectOk(
    setVariable(
      out,
      { vendor: vendor.berth, name: 'BerthTrial' },
      { attributes: 3, data: Uint8Array.of(1, 2, 3) },
    ),
  )
  return expectOk(deleteVariable(out, key('BootNext')))
}

describe.each(['OVMF_VARS.fd', 'OVMF_VARS_4M.fd', 'OVMF_VARS.ms.fd', 'OVMF_VARS_4M.ms.fd'])(
  'virt-fw-vars and we agree on %s',
  (file) => {
    it('as it is shipped', () => {
      expect(listedByBerth(readOvmf(file))).toEqual(listedByVirtFwVars(readOvmf(file)))
    })

    it('after our changes', () => {
      const image = edited(readOvmf(file))
      const listed = listedByVirtFwVars(image)
      expect(listed).toEqual(listedByBerth(image))
      expect(listed.map(({ name }) => name)).toContain('BerthTrial')
      expect(listed.map(({ name }) => name)).not.toContain('BootNext')
    })

    it('after its changes', () => {
      const variables = listedByBerth(edited(readOvmf(file))).filter(({ guid: id }) => id === vendor.global)
      const plain = variables.filter(({ attr }) => attr === 7)
      const image = changedByVirtFwVars(readOvmf(file), ['--delete', 'Lang'], {
        version: 2,
        variables: plain,
      })
      const found = listedByBerth(image)
      for (const variable of plain) expect(found).toContainEqual(variable)
      expect(found).toEqual(listedByVirtFwVars(image))
    })
  },
)

it('virt-fw-vars and we agree on a store that we compacted', () => {
  let image = edited(readOvmf('OVMF_VARS.ms.fd'))
  const [key, data] = [{ vendor: vendor.berth, name: 'Filler' }, new Uint8Array(9000)]
  const before = expectOk(parseVarstore(image)).freeStart
  for (let round = 0; round < 6; round += 1) {
    const value = { attributes: 3, data: data.fill(round) }
    image = expectOk(setVariable(image, key, value))
  }
  expect(expectOk(parseVarstore(image)).freeStart).toBeLessThan(before + 6 * data.length)
  expect(listedByVirtFwVars(image)).toEqual(listedByBerth(image))
})

it('virt-fw-vars reads our boot entry, and we read the one it appends', () => {
  const image = edited(readOvmf('OVMF_VARS_4M.fd'))
  const printed = withFolder((folder) => {
    const store = join(folder, 'vars.fd')
    writeFileSync(store, image)
    return runForeign('virt-fw-vars', ['--input', store, '--print', '--verbose'])
  })
  expect(printed).toMatch(/Boot0007[^\n]*\n[^\n]*title="Berth – ß 漢"[^\n]*\\EFI\\Linux\\berth\+3\.efi/)
  const appended = changedByVirtFwVars(image, ['--append-boot-filepath', '\\EFI\\x.efi'])
  const { variables } = expectOk(parseVarstore(appended))
  const order = expectOk(parseBootOrder(variables.find(({ name }) => name === 'BootOrder')!.data))
  const added = variables.find(({ name }) => name === bootEntryName(order.at(-1)!))!
  const option = expectOk(parseLoadOption(added.data))
  expect(option.paths[0]?.nodes).toMatchObject([{ kind: 'file', path: '\\EFI\\x.efi' }])
  expect(toHex(serialiseLoadOption(option))).toBe(toHex(added.data))
})

itReads('secure-boot/ovmf-vars-go-uefi.fd', 'volume and store as the index says', (image) => {
  expect(new TextDecoder().decode(image.subarray(0x28, 0x2c))).toBe('_FVH')
  expect(expectOk(parseVarstore(image))).toMatchObject({ volumeSize: 0x20000, end: 0xe000 })
  // virt-fw-vars knows variables by name alone; one name lies here under two vendors and it keeps the last.
  const ours = listedByBerth(image)
  const shadowed = ours.filter(({ guid: id, name }) => name === '525400123456' && id.startsWith('5b446ed1'))
  expect(shadowed).toHaveLength(1)
  expect(ours.filter((variable) => !shadowed.includes(variable))).toEqual(listedByVirtFwVars(image))
})
