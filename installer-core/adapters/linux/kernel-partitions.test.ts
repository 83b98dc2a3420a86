import { describe, expect, it } from 'vitest'
import { lba } from '../../base/bytes.ts'
import { guid } from '../../base/guid.ts'
import { expectOk } from '../../base/result.ts'
import { partitionType } from '../../base/well-known.ts'
import { createGpt } from '../../formats/gpt/create-gpt.ts'
import { editGpt } from '../../formats/gpt/edit-gpt.ts'
import type { DiskNode, PartitionNode } from './disk-nodes.ts'
import { requireSameView } from './kernel-partitions.ts'

const sector = 4096
const gpt = expectOk(
  editGpt(
    expectOk(
      createGpt({
        sectorSize: sector,
        sectors: 4096,
        diskGuid: guid('d15c0000-0000-4000-8000-000000000001'),
      }),
    ),
    [3, 7].map((slot) => ({
      kind: 'add' as const,
      slot,
      guid: guid(`e5900000-0000-4000-8000-00000000000${slot}`),
      typeGuid: partitionType.linuxGeneric,
      start: lba(slot * 256),
      blocks: 128,
      attributes: '0000000000000000',
      name: '',
    })),
  ),
)

function nodeWith(places: readonly (readonly [number, number, number])[]): DiskNode {
  const partitions = places.map(([number, start, size]): PartitionNode => ({
    number,
    name: '',
    path: '',
    device: '',
    start,
    size,
  }))
  return {
    ...{ name: 'vda', path: '/dev/vda', device: '254:0', sectorSize: sector, size: 4096 * sector },
    ...{ model: '', serial: null, bus: 'virtio', removable: false, partitions },
  }
}

describe("the kernel's view of a table", () => {
  const third = [3, 768 * sector, 128 * sector] as const
  const seventh = [7, 1792 * sector, 128 * sector] as const

  it('is the same whatever the order', () => {
    expect(requireSameView(nodeWith([seventh, third]), gpt).ok).toBe(true)
  })

  it.each([
    ['lacks one', [third]],
    ['has one more', [third, seventh, [8, 0, 4096] as const]],
    ['has one elsewhere', [third, [7, 1793 * sector, 128 * sector] as const]],
    ['has one of another size', [third, [7, 1792 * sector, 127 * sector] as const]],
    ['counts another number', [third, [6, 1792 * sector, 128 * sector] as const]],
  ])('that %s is refused', (_, places) => {
    expect(requireSameView(nodeWith(places), gpt)).toMatchObject({ failure: { code: 'table-changed' } })
  })
})
