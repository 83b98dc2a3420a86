import { guid } from './guid.ts'

/** Partition type GUIDs (UEFI 2.10 table 5.7; UAPI Discoverable Partitions Specification; Microsoft's PARTITION_INFORMATION_GPT). */
export const partitionType = {
  esp: guid('c12a7328-f81f-11d2-ba4b-00a0c93ec93b'),
  xbootldr: guid('bc13c2ff-59e6-4262-a352-b275fd6f7172'),
  linuxRootX64: guid('4f68bce3-e8cd-4db1-96e7-fbcaf984b709'),
  linuxGeneric: guid('0fc63daf-8483-4772-8e79-3d69d8477de4'),
  linuxSwap: guid('0657fd6d-a4ab-43c4-84e5-0933c84b4f4f'),
  linuxVar: guid('4d21b016-b534-45c2-a9fb-5c16e091fd2d'),
  linuxHome: guid('933ac7e1-2eb4-4f13-b844-0e14e2aef915'),
  linuxLvm: guid('e6d6d379-f507-44c2-a23c-238f2a3df928'),
  linuxRaid: guid('a19d880f-05fc-4d3b-a006-743f0f84911e'),
  microsoftReserved: guid('e3c9e316-0b5c-4db8-817d-f92df00215ae'),
  microsoftBasicData: guid('ebd0a0a2-b9e5-4433-87c0-68b6b72699c7'),
  windowsRecovery: guid('de94bba4-06d1-4d40-a16a-bfd50179d6ac'),
  ldmMetadata: guid('5808c8aa-7e8f-42e0-85d2-e1e90434cfb3'),
  ldmData: guid('af9b60a0-1431-4f62-bc68-3311714a69ad'),
} as const

/** Vendor GUIDs of firmware variables. */
export const vendor = {
  /** EFI_GLOBAL_VARIABLE: Boot####, BootOrder, BootNext, BootCurrent, SecureBoot, SetupMode, PK, KEK (UEFI 2.10, 3.3). */
  global: guid('8be4df61-93ca-11d2-aa0d-00e098032b8c'),
  /** EFI_IMAGE_SECURITY_DATABASE_GUID: db, dbx (UEFI 2.10, 32.4.1). */
  imageSecurity: guid('d719b2cb-3d3a-4596-a3bc-dad00e67656f'),
  /** shim's: MokListRT, SbatLevelRT. */
  shim: guid('605dab50-e046-4300-abb6-3dd810dd8b23'),
  /** The Boot Loader Interface: LoaderDevicePartUUID and its like. */
  bootLoader: guid('4a67b082-0a4c-41cf-b6c7-440b29bb8c4f'),
  /** Berth's own: BerthTrial. */
  berth: guid('b4c1d3f2-7e59-4a86-9d0b-3a5e6c2f8b17'),
} as const
