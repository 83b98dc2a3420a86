import { joinBytes } from '../../base/join-bytes.ts'
import { fail, malformed, ok, type Result } from '../../base/result.ts'
import { parsePe, sectionData, type PeSection } from './parse-pe.ts'

/** The hash of a TPM's bank (SHA-256, SHA-384) over the pieces, one after the other. */
export type BankDigest = (...pieces: readonly Uint8Array[]) => Uint8Array

/** What systemd's stub measures, in its order (UAPI "Unified Kernel Image", section on PCR 11; systemd-stub(7)). */
const measured = [
  ...['.linux', '.osrel', '.cmdline', '.initrd', '.ucode', '.splash'],
  ...['.dtb', '.uname', '.sbat', '.pcrpkey', '.hwids'],
]
/** Which of these is measured depends on the PC or on what somebody chose at its start. */
const dependent = ['.profile', '.dtbauto', '.efifw']
/** More bytes of a section that are not in the file are no tool's rounding. */
const maxPadding = 0x10000

/**
 * PCR 11 after the stub of a UKI has handed over to the kernel: it begins as zeros, and for each section it is extended by
 * the name with a zero byte and by what the section is in memory. Nobody else extends it before; `laterPhases` does what
 * comes after. `unsupported` for an image with profiles or parts for certain PCs, `malformed` when it has no kernel or a
 * section twice.
 */
export function predictPcr11(uki: Uint8Array, digest: BankDigest): Result<Uint8Array> {
  const image = parsePe(uki)
  if (!image.ok) return image
  const { sections } = image.value
  const other = sections.find(({ name }) => dependent.includes(name))
  if (other !== undefined) return fail('unsupported', { what: `PCR 11, ${other.name}` })
  // The stub takes a section without bytes for one that is not there.
  const found = measured.map((name) => sections.filter((one) => one.name === name && one.virtualSize > 0))
  const twice = found.find((same) => same.length > 1)?.at(0)
  if (twice !== undefined) return malformed('uki', 'section name', 0, 'each once', twice.name)
  if (found.at(0)?.length === 0) return malformed('uki', 'sections', 0, '.linux', '')
  const hollow = found.flat().find(({ virtualSize, rawSize }) => virtualSize - rawSize > maxPadding)
  if (hollow !== undefined)
    return malformed('uki', 'section size', 0, hollow.rawSize + maxPadding, hollow.virtualSize)
  const events = found.flat().flatMap((section) => [nameOf(section), inMemory(uki, section)])
  return ok(extend(new Uint8Array(digest().length), events, digest))
}

/** PCR 11 after systemd has measured boot phases as well (systemd-pcrphase.service(8)): `sysinit`, `ready`. */
export function laterPhases(value: Uint8Array, phases: readonly string[], digest: BankDigest): Uint8Array {
  const text = new TextEncoder()
  return extend(
    value,
    phases.map((phase) => text.encode(phase)),
    digest,
  )
}

function extend(value: Uint8Array, events: readonly Uint8Array[], digest: BankDigest): Uint8Array {
  return events.reduce((before, event) => digest(before, digest(event)), value)
}

function nameOf({ name }: PeSection): Uint8Array {
  return new TextEncoder().encode(`${name}\0`)
}

/** What is not in the file is zero in memory. */
function inMemory(uki: Uint8Array, section: PeSection): Uint8Array {
  const data = sectionData(uki, section)
  const missing = section.virtualSize - data.length
  return missing === 0 ? data : joinBytes([data, new Uint8Array(missing)])
}
