/** The number in the name of a boot entry's variable. */
export interface BootEntryName {
  readonly number: number
  /** False for lower-case digits: UEFI wants upper case, and `Boot000a` is another variable than `Boot000A`. */
  readonly standard: boolean
}

/** `Boot001A`: four upper-case hexadecimal digits (UEFI 2.10, 3.3). */
export function bootEntryName(number: number): string {
  return `Boot${number.toString(16).toUpperCase().padStart(4, '0')}`
}

/** Reads such a name, also with lower-case digits; null for any other name (BootOrder, BootNext). */
export function parseBootEntryName(name: string): BootEntryName | null {
  const digits = /^Boot([0-9A-Fa-f]{4})$/.exec(name)?.[1]
  if (digits === undefined) return null
  return { number: Number.parseInt(digits, 16), standard: digits === digits.toUpperCase() }
}
