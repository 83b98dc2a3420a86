import { describe, expect, it } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { parsePcFile, serialisePcFile } from './pc-file.ts'

const smallest = { format: 'berth-practice-pc/1', disks: [{ file: 'disk0.img' }] }

function fieldOf(content: unknown): unknown {
  const parsed = parsePcFile(JSON.stringify(content))
  return parsed.ok ? 'accepted' : parsed.failure.facts['field']
}

describe('pc.json', () => {
  it('gives every absent key its harmless value', () => {
    const pc = expectOk(parsePcFile(JSON.stringify(smallest)))
    expect(pc).toEqual({
      ...smallest,
      name: 'Practice PC',
      firmware: {
        kind: 'uefi64',
        variables: 'firmware.fd',
        access: 'read-write',
        freeBytes: null,
        faults: [],
      },
      running: { os: 'windows', version: '11 24H2', locale: 'de-DE', bootedFrom: null, elevated: true },
      power: { source: 'ac', percent: 80 },
      memoryMiB: 16384,
      cpu: 'x86_64',
      gpus: ['Intel Iris Xe'],
      tpm: '2.0',
      disks: [
        {
          file: 'disk0.img',
          sectorSize: 512,
          model: 'Practice Disk',
          serial: 'P0001',
          bus: 'nvme',
          removable: false,
        },
      ],
      volumes: {},
      windows: {
        fastStartup: false,
        pendingRestart: false,
        clockIsUtc: false,
        deviceEncryptionAutomatic: false,
      },
      storageController: 'ahci',
    })
    expect(expectOk(parsePcFile(serialisePcFile(pc)))).toEqual(pc)
  })

  it('names the key that is unknown or wrong', () => {
    expect(fieldOf({ ...smallest, fimware: {} })).toBe('fimware')
    expect(fieldOf({ ...smallest, firmware: { fautls: [] } })).toBe('firmware.fautls')
    expect(fieldOf({ ...smallest, firmware: { faults: ['none'] } })).toBe('firmware.faults[0]')
    expect(fieldOf({ ...smallest, disks: [{ file: '../disk0.img' }] })).toBe('disks[0].file')
    expect(fieldOf({ ...smallest, disks: [{ file: 'a', sectorSize: 520 }] })).toBe('disks[0].sectorSize')
    expect(fieldOf({ ...smallest, format: 'berth-practice-pc/2' })).toBe('format')
    expect(fieldOf({ ...smallest, volumes: { C: {} } })).toBe('volumes.C')
    expect(fieldOf(smallest)).toBe('accepted')
  })

  it('says where the JSON breaks', () => {
    const text = '{"format": "berth-practice-pc/1", // no comments\n}'
    expect(parsePcFile(text)).toMatchObject({
      failure: { code: 'malformed', facts: { field: 'JSON', required: 'valid JSON without comments' } },
    })
  })
})
