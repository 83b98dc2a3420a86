/** A disk as the firmware of these tests reads it: bytes at an offset, nothing else. */
export interface BytesAt {
  readonly sectorSize: 512 | 4096
  readonly size: number
  readonly read: (offset: number, length: number) => Buffer
}
