import type { SafeText } from '../model/primitives.ts'

/** Six bytes in hexadecimal: with colons or hyphens, or twelve digits that belong to no longer number and no GUID. */
const macAddress = /\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b|(?<![-0-9a-f])[0-9a-f]{12}(?![-0-9a-f])/gi
const homeFolder = /((?:^|[/\\])(?:home|users|media)[/\\])([^/\\]+)/gi
const shortestSerial = 4

/** Takes MAC addresses, given serial numbers and the names of home folders out of a text, at unchanged length where it can. */
export function redactText(text: string, serials: readonly string[]): SafeText {
  const withoutSerials = serials
    .filter((serial) => serial.length >= shortestSerial)
    .reduce((rest, serial) => rest.replaceAll(serial, '0'.repeat(serial.length)), text)
  return withoutSerials
    .replace(macAddress, (found) => found.replace(/[0-9a-f]/gi, '0'))
    .replace(homeFolder, '$1user') as SafeText
}
