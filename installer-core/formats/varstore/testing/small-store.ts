import { guidToBytes } from '../../../base/guid.ts'
import { authenticatedStore, storeHeader, variableVolume, volumeHeader } from '../layout.ts'

export const smallVolume = { size: 0x1000, storeEnd: 0x48 + 0x3b8 } as const

/** An empty store of EDK II's layout in a volume of 4 KiB; what follows the store is filled with a pattern. */
export function smallStore(): Uint8Array {
  const image = new Uint8Array(smallVolume.size).fill(0xff)
  const fields = new DataView(image.buffer)
  image.fill(0, 0, volumeHeader.length)
  image.set(guidToBytes(variableVolume), volumeHeader.fileSystem)
  fields.setUint32(volumeHeader.volumeSize, smallVolume.size, true)
  fields.setUint32(volumeHeader.signature, volumeHeader.signatureValue, true)
  fields.setUint32(0x2c, 0x0004feff, true)
  fields.setUint16(volumeHeader.headerLength, volumeHeader.length, true)
  image[0x37] = 2
  fields.setUint32(volumeHeader.blockCount, 1, true)
  fields.setUint32(volumeHeader.blockSize, smallVolume.size, true)
  const store = volumeHeader.length
  image.set(guidToBytes(authenticatedStore), store)
  fields.setUint32(store + storeHeader.size, smallVolume.storeEnd - store, true)
  image[store + storeHeader.format] = storeHeader.formatted
  image[store + storeHeader.state] = storeHeader.healthy
  image.fill(0, store + 22, store + storeHeader.length)
  for (let at = smallVolume.storeEnd; at < image.length; at += 1) image[at] = at & 0xff
  repairVolumeChecksum(image)
  return image
}

/** Puts the 16-bit sum of the volume header right. */
export function repairVolumeChecksum(image: Uint8Array): void {
  if (image.length < volumeHeader.length) return
  const fields = new DataView(image.buffer, image.byteOffset, image.byteLength)
  fields.setUint16(volumeHeader.checksum, 0, true)
  let sum = 0
  for (let at = 0; at < volumeHeader.length; at += 2) sum += fields.getUint16(at, true)
  fields.setUint16(volumeHeader.checksum, -sum & 0xffff, true)
}
