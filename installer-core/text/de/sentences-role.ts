import type { roleSentences as english } from '../en/sentences-role.ts'

/** Was eine Partition ist, in einfachen Worten. */
export const roleSentences = {
  'role.esp': 'EFI-Systempartition (ESP)',
  'role.xbootldr': 'Startpartition (XBOOTLDR)',
  'role.microsoft-reserved': 'Reserve von Windows (MSR)',
  'role.windows-recovery': 'Windows-Wiederherstellung (WinRE)',
  'role.windows-encrypted': 'Windows, verschlüsselt (BitLocker)',
  'role.windows': 'Windows oder Daten',
  'role.data': 'Daten',
  'role.dynamic': 'Teil der dynamischen Datenträger von Windows (LDM)',
  'role.linux': 'Linux',
  'role.linux-files': 'Dateien von Linux',
  'role.linux-swap': 'Auslagerung von Linux (Swap)',
  'role.linux-group': 'Teil einer Linux-Volumegruppe',
  'role.other': 'Andere',
  'role.of-type': 'Partition der Art {type}',
} as const satisfies Record<keyof typeof english, string>
