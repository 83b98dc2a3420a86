/** Where a volume lies in an image, in bytes. */
export interface VolumePlace {
  readonly image: string
  readonly sectorSize: 512 | 4096
  readonly offset: number
  readonly size: number
}
