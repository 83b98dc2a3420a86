import { partitionType } from '../base/well-known.ts'
import type { Partition } from '../model/disk.ts'
import type { Locale } from './locale.ts'
import { sentence } from './sentence.ts'

const keys: Readonly<Record<string, string>> = {
  [partitionType.esp]: 'role.esp',
  [partitionType.xbootldr]: 'role.xbootldr',
  [partitionType.microsoftReserved]: 'role.microsoft-reserved',
  [partitionType.windowsRecovery]: 'role.windows-recovery',
  [partitionType.ldmMetadata]: 'role.dynamic',
  [partitionType.ldmData]: 'role.dynamic',
  [partitionType.linuxRootX64]: 'role.linux',
  [partitionType.linuxGeneric]: 'role.linux',
  [partitionType.linuxHome]: 'role.linux-files',
  [partitionType.linuxVar]: 'role.linux-files',
  [partitionType.linuxSwap]: 'role.linux-swap',
  [partitionType.linuxLvm]: 'role.linux-group',
  [partitionType.linuxRaid]: 'role.linux-group',
}

/** What a partition is, in plain words: by its type, and by its volume where the type says little. */
export function partitionRole(partition: Partition, locale: Locale = 'en'): string {
  const { typeGuid, mbrType } = partition
  const key = typeGuid === partitionType.microsoftBasicData ? contentKey(partition) : keys[typeGuid ?? '']
  if (key !== undefined) return sentence(key, {}, locale)
  if (mbrType === null) return sentence('role.other', {}, locale)
  return sentence('role.of-type', { type: mbrType.toString(16).padStart(2, '0') }, locale)
}

function contentKey({ volume }: Partition): string {
  if (volume.fileSystem === 'bitlocker') return 'role.windows-encrypted'
  return volume.fileSystem === 'ntfs' ? 'role.windows' : 'role.data'
}

/** The short name of a boot partition's type; the GUID itself when it is another one. */
export function typeName(typeGuid: string): string {
  if (typeGuid === partitionType.esp) return 'ESP'
  return typeGuid === partitionType.xbootldr ? 'XBOOTLDR' : typeGuid
}
