import { guid } from '../../base/guid.ts'

/** EFI_SYSTEM_NV_DATA_FV_GUID: a firmware volume that holds variables (PI 1.8, volume 3, 3.2.1). */
export const variableVolume = guid('fff12b8d-7696-4c8b-a985-2747075b4f50')
/** gEfiAuthenticatedVariableGuid of EDK II: a store whose records have the 60-byte header. */
export const authenticatedStore = guid('aaf32c78-947b-439a-a180-2e144ec37792')

/** EFI_FIRMWARE_VOLUME_HEADER with one block map entry and its terminator. */
export const volumeHeader = {
  length: 0x48,
  fileSystem: 0x10,
  volumeSize: 0x20,
  signature: 0x28,
  headerLength: 0x30,
  checksum: 0x32,
  blockCount: 0x38,
  blockSize: 0x3c,
  /** `_FVH` read as a little-endian number. */
  signatureValue: 0x4856465f,
} as const

/** VARIABLE_STORE_HEADER. */
export const storeHeader = {
  length: 28,
  size: 16,
  format: 20,
  state: 21,
  formatted: 0x5a,
  healthy: 0xfe,
} as const

/** AUTHENTICATED_VARIABLE_HEADER, followed by the name and the data without padding; records start at multiples of 4. */
export const recordHeader = {
  length: 60,
  startId: 0,
  state: 2,
  attributes: 4,
  monotonicCount: 8,
  time: 16,
  publicKeyIndex: 32,
  nameSize: 36,
  dataSize: 40,
  vendor: 44,
  startIdValue: 0x55aa,
  alignment: 4,
} as const

/** States only ever lose bits, as flash memory does: blank, header only, live, in deletion, deleted. */
export const recordState = {
  blank: 0xff,
  headerOnly: 0x7f,
  live: 0x3f,
  inDeletion: 0x3e,
  inDeletionMask: 0xfe,
  deletedMask: 0xfd,
} as const
