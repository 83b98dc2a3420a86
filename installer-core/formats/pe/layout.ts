/** Offsets of the DOS, COFF and optional headers (Microsoft PE format, sections "COFF File Header" to "Section Table"). */
export const dosHeader = { magic: 0x5a4d, peOffset: 0x3c } as const
export const coffHeader = {
  signature: 0x4550,
  length: 24,
  machine: 4,
  sectionCount: 6,
  symbolTable: 12,
  symbolCount: 16,
  optionalSize: 20,
  characteristics: 22,
} as const

/** Offsets in the optional header that PE32 and PE32+ share, and where they part. */
export const optionalHeader = {
  magic32: 0x10b,
  magic64: 0x20b,
  sizeOfInitialisedData: 8,
  entryPoint: 16,
  sectionAlignment: 32,
  fileAlignment: 36,
  sizeOfImage: 56,
  sizeOfHeaders: 60,
  checksum: 64,
  subsystem: 68,
  dllCharacteristics: 70,
  directories32: 96,
  directories64: 112,
  certificateDirectory: 4,
  relocationDirectory: 5,
} as const

export const sectionHeader = {
  length: 40,
  virtualSize: 8,
  virtualAddress: 12,
  rawSize: 16,
  rawOffset: 20,
  characteristics: 36,
} as const

export const sectionFlag = {
  code: 0x20,
  initialised: 0x40,
  discardable: 0x02000000,
  execute: 0x20000000,
  read: 0x40000000,
  write: 0x80000000,
} as const

/** Section names that do not fit their eight bytes have no place in an image. */
export const maxNameLength = 8
