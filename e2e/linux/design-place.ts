/** Where a partition of a design lies, from bytes to the sectors of its disk. */
export function designPlace(sectorSize: number) {
  return (slot: number, name: string, start: number, size: number) => ({
    slot,
    name,
    start: start / sectorSize,
    blocks: size / sectorSize,
    attributes: '0000000000000000',
  })
}
