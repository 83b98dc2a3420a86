/** Where Linux shows the PC, and where Berth keeps what must survive a restart. Other folders stand in for them in tests. */
export interface LinuxPlaces {
  readonly sys: string
  readonly proc: string
  readonly dev: string
  readonly etc: string
  /** Gone after a restart: volumes are mounted here. */
  readonly run: string
  /** What programs keep between starts: `/var/lib`. */
  readonly lib: string
  /** Journal, lock and the former contents of sectors; root alone reads it. */
  readonly state: string
}

/** The places of the running system. */
export const linuxPlaces: LinuxPlaces = {
  sys: '/sys',
  proc: '/proc',
  dev: '/dev',
  etc: '/etc',
  run: '/run',
  lib: '/var/lib',
  state: '/var/lib/berth',
}

/** Where the kernel shows the firmware's variables (efivarfs). */
export function variablesFolder({ sys }: LinuxPlaces): string {
  return `${sys}/firmware/efi/efivars`
}
