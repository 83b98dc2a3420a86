/** Where a partition lies, from bytes to the sectors of its disk. */
export function partitionPlace(sectorSize: number) {
  return (slot: number, name: string, start: number, size: number) => ({
    slot,
    name,
    start: start / sectorSize,
    blocks: size / sectorSize,
    attributes: '0000000000000000',
  })
}
