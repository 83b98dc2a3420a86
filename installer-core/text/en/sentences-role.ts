/** What a partition is, in plain words. */
export const roleSentences = {
  'role.esp': 'EFI System Partition (ESP)',
  'role.xbootldr': 'Boot partition (XBOOTLDR)',
  'role.microsoft-reserved': "Windows' reserve (MSR)",
  'role.windows-recovery': "Windows' recovery tools (WinRE)",
  'role.windows-encrypted': 'Windows, encrypted (BitLocker)',
  'role.windows': 'Windows or data',
  'role.data': 'Data',
  'role.dynamic': "Part of Windows' dynamic disks (LDM)",
  'role.linux': 'Linux',
  'role.linux-files': "Linux' files",
  'role.linux-swap': "Linux' swap",
  'role.linux-group': 'Part of a Linux volume group',
  'role.other': 'Other',
  'role.of-type': 'Partition of type {type}',
} as const
