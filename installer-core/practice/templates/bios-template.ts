import { GiB, MiB } from '../../base/bytes.ts'
import type { PcDesign } from '../build/pc-design.ts'
import type { TemplateNeeds } from './template-needs.ts'

const sectorSize = 512
const ntfsType = 0x07

/** A PC without UEFI: an MBR disk with Windows' small active volume and its large one. */
export function biosTemplate({ identities }: TemplateNeeds): PcDesign {
  const size = 8 * GiB
  const systemSize = 500 * MiB
  const volume = (label: string, start: number, length: number, slot: number) => ({
    slot,
    type: ntfsType,
    start: start / sectorSize,
    blocks: length / sectorSize,
    bootable: slot === 1,
    contents: {
      kind: 'ntfs' as const,
      label,
      serial: identities.hex(label, 16),
      files: [
        { path: '/bootmgr', content: { kind: 'noise' as const, size: 400_000, seed: label } },
        { path: '/notes.txt', content: { kind: 'text' as const, text: 'Milk, bread.\n' } },
      ],
    },
  })
  const partitions = [
    volume('System Reserved', MiB, systemSize, 1),
    volume('Windows', MiB + systemSize, size - systemSize - 2 * MiB, 2),
  ]
  return {
    disks: [
      {
        file: 'disk0.img',
        size,
        sectorSize,
        bus: 'sata',
        model: 'Practice Disk',
        serial: 'P0001',
        removable: false,
        table: { kind: 'mbr', signature: identities.hex('disk0.img', 8), partitions },
      },
    ],
    variables: null,
    description: {
      name: 'A PC without UEFI',
      firmware: { kind: 'bios', access: 'none' },
      running: { os: 'windows', version: '10 22H2', locale: 'en-GB', elevated: true },
    },
  }
}
