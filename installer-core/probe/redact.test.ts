import { describe, expect, it } from 'vitest'
import { nodeHasher } from '../adapters/node-hasher.ts'
import { buildDisk } from '../check/testing/disk-builder.ts'
import { fromHex, toHex } from '../base/guid.ts'
import { expectOk } from '../base/result.ts'
import { parseLoadOption, serialiseLoadOption } from '../formats/load-option/load-option.ts'
import { itReads } from '../formats/testing/shared-fixtures.ts'
import { machineSchema, type Machine, type RawFacts } from '../model/machine.ts'
import { buildMachine } from './build-machine.ts'
import { redactMachine } from './redact.ts'
import { safeText } from './safe-text.ts'
import { globalVariable, rawFacts, recordedVariables } from './testing/raw-facts.ts'

const build = (facts: RawFacts): Machine => expectOk(buildMachine(facts, nodeHasher))
const serial = 'S466NX0K123456'
const mac = [0x88, 0xae, 0xdd, 0x01, 0x22, 0x33]
const eui = [0x00, 0x25, 0x38, 0x5b, 0x71, 0xaa, 0xbb, 0xcc]

const node = (type: number, subType: number, data: readonly number[]) => ({
  kind: 'other' as const,
  type,
  subType,
  data: Uint8Array.from(data),
})

function personalMachine(): Machine {
  const entry = (
    number: string,
    description: string,
    nodes: ReturnType<typeof node>[],
    optional: readonly number[] = [],
  ) =>
    globalVariable(
      `Boot${number}`,
      serialiseLoadOption({
        attributes: 1,
        description,
        paths: [{ nodes, endType: 0x7f }],
        optionalData: Uint8Array.from(optional),
      }),
    )
  const disk = buildDisk({
    partitions: [{ type: 'esp', size: 2 ** 27, volume: { inUse: [safeText('/media/anna/USB')] } }],
  })
  return build({
    ...rawFacts({
      disks: [{ ...disk, serial: safeText(serial), model: safeText(`Samsung ${serial}`) }],
      variables: [
        entry(
          '0000',
          'PXE (MAC:88AEDD012233)',
          [node(3, 11, [...mac, ...Array<number>(26).fill(0), 1])],
          [1, ...mac, 2],
        ),
        entry('0001', `UEFI Samsung ${serial}`, [node(3, 23, [1, 0, 0, 0, ...eui])]),
        entry('0002', '88:AE:DD:01:22:33', [
          node(
            3,
            24,
            Array.from('https://anna@example', (c) => c.charCodeAt(0)),
          ),
        ]),
      ],
    }),
    source: { kind: 'practice-pc', name: safeText('/home/anna/my-pc') },
  })
}

describe('a redacted machine', () => {
  const machine = personalMachine()
  const redacted = redactMachine(machine)

  it('holds no serial number, hardware address or user name', () => {
    const text = JSON.stringify(redacted)
    const canaries = [
      serial,
      'anna',
      '88aedd',
      '88:ae:dd',
      toHex(Uint8Array.from(mac)),
      toHex(Uint8Array.from(eui)),
    ]
    for (const canary of canaries) {
      expect(JSON.stringify(machine).toLowerCase()).toContain(canary.toLowerCase())
      expect(text.toLowerCase()).not.toContain(canary.toLowerCase())
    }
    expect(redacted.disks[0]?.serial).toBeNull()
  })

  it('is still a machine, with entries of the same length that still decode', () => {
    expect(machineSchema.safeParse(redacted).success).toBe(true)
    redacted.firmware.bootEntries.forEach((entry, i) => {
      expect(entry.data.length).toBe(machine.firmware.bootEntries[i]?.data.length)
      expect(parseLoadOption(fromHex(entry.data)).ok).toBe(true)
    })
  })

  it('redacting twice changes nothing more', () => {
    expect(redactMachine(redacted)).toEqual(redacted)
    expect(expectOk(buildMachine(redacted, nodeHasher))).toEqual(redacted)
  })
})

describe('recorded entries stay what they are', () => {
  for (const name of [
    'thinkpad-22-entries-app-category',
    'hp-desktop-windows-ispH-20-entries',
    'thinkpad-cloud-uri-entries',
  ])
    itReads(`efivars/${name}.efivars.json`, 'numbers, partitions, paths, targets and order', (data) => {
      const machine = build(rawFacts({ variables: recordedVariables(data) }))
      const redacted = redactMachine(machine)
      const kept = ({ firmware }: Machine) => [
        firmware.bootOrder,
        firmware.bootEntries.map(({ number, partition, path, target, active, category }) => [
          number,
          partition,
          path,
          target,
          active,
          category,
        ]),
      ]
      expect(kept(redacted)).toEqual(kept(machine))
      expect(redactMachine(redacted)).toEqual(redacted)
      for (const { devicePath } of redacted.firmware.bootEntries)
        expect(devicePath).not.toMatch(/MAC\((?!0{12})/)
    })
})
