import { partitionType } from '../base/well-known.ts'
import type { Partition } from '../model/disk.ts'

/** What a partition is, in plain words: by its type, and by its volume where the type says little. */
export function partitionRole({ typeGuid, volume, mbrType }: Partition): string {
  switch (typeGuid) {
    case partitionType.esp:
      return 'EFI System Partition (ESP)'
    case partitionType.xbootldr:
      return 'Boot partition (XBOOTLDR)'
    case partitionType.microsoftReserved:
      return "Windows' reserve (MSR)"
    case partitionType.windowsRecovery:
      return "Windows' recovery tools (WinRE)"
    case partitionType.microsoftBasicData:
      return volume.fileSystem === 'bitlocker'
        ? 'Windows, encrypted (BitLocker)'
        : volume.fileSystem === 'ntfs'
          ? 'Windows or data'
          : 'Data'
    case partitionType.ldmMetadata:
    case partitionType.ldmData:
      return "Part of Windows' dynamic disks (LDM)"
    case partitionType.linuxRootX64:
    case partitionType.linuxGeneric:
      return 'Linux'
    case partitionType.linuxHome:
    case partitionType.linuxVar:
      return "Linux' files"
    case partitionType.linuxSwap:
      return "Linux' swap"
    case partitionType.linuxLvm:
    case partitionType.linuxRaid:
      return 'Part of a Linux volume group'
    default:
      return mbrType === null ? 'Other' : `Partition of type ${mbrType.toString(16).padStart(2, '0')}`
  }
}

/** The short name of a boot partition's type; the GUID itself when it is another one. */
export function typeName(typeGuid: string): string {
  if (typeGuid === partitionType.esp) return 'ESP'
  return typeGuid === partitionType.xbootldr ? 'XBOOTLDR' : typeGuid
}
