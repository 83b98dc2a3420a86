import type { Machine } from '../model/machine.ts'

/** What stands where something personal was left out. */
export const leftOut = '‹left out›'

// A MAC address with separators, or the 12 digits of a MAC() device-path node.
const macAddress = /\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b|(?<=MAC\()[0-9a-f]{12}/gi
// Windows' user names may hold spaces: everything up to the next separator goes.
const homeFolders = [
  /(\/home\/)([^/\\\s"']+)/g,
  /([A-Za-z]:(?:\\{1,2}|\/)Users(?:\\{1,2}|\/))([^/\\"'\r\n:<>|]+)/gi,
]
const shortestSecret = 4

/** The personal strings that a machine's facts hold: serial numbers, as they are and without the spaces around. */
export function personalStrings(machine: Machine): readonly string[] {
  const serials = machine.disks.flatMap((disk) =>
    disk.serial === null ? [] : [disk.serial as string, disk.serial.trim()],
  )
  return [...new Set(serials.filter((serial) => serial.length >= shortestSecret))]
}

/** Text without MAC addresses, user names in paths, and the given strings. Idempotent. */
export function redactText(text: string, personal: readonly string[] = []): string {
  const named = personal.reduce((rest, secret) => rest.replaceAll(secret, leftOut), text)
  return homeFolders.reduce(
    (rest, folder) => rest.replace(folder, `$1${leftOut}`),
    named.replace(macAddress, leftOut),
  )
}

/** The same for every string inside a value, keys untouched. */
export function redactValue(value: unknown, personal: readonly string[] = []): unknown {
  if (typeof value === 'string') return redactText(value, personal)
  if (Array.isArray(value)) return value.map((item) => redactValue(item, personal))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, redactValue(member, personal)]),
  )
}
