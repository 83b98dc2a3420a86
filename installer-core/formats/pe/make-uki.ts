import { alignUp } from '../../base/bytes.ts'
import { fail, malformed, ok, type Result } from '../../base/result.ts'
import { coffHeader, maxNameLength, optionalHeader, sectionFlag, sectionHeader } from './layout.ts'
import { findSection, parsePe, type PeImage, type PeSection } from './parse-pe.ts'

/** A part of a Unified Kernel Image: `.linux`, `.initrd`, `.cmdline`, `.osrel`, `.uname` and their like. */
export interface UkiPart {
  readonly name: string
  readonly data: Uint8Array
}
export interface UkiParts {
  /** systemd's EFI stub, `linuxx64.efi.stub`. */
  readonly stub: Uint8Array
  readonly sections: readonly UkiPart[]
}

interface Placed extends PeSection {
  readonly data: Uint8Array
}

/** Memory protection works by pages, whatever smaller alignment a stub asks for. */
const pageSize = 4096
/** Addresses in an image are 32-bit numbers; firmware takes the upper half for negative. */
const maxImageSize = 0x7fff_0000
/** IMAGE_DLLCHARACTERISTICS_NX_COMPAT. */
const nxCompatible = 0x100
/** Sections that may occur more than once (UAPI Unified Kernel Image specification). */
const repeatable: readonly string[] = ['.dtbauto', '.efifw']

/**
 * Builds a UKI: the stub, then the parts in the given order, `.linux` last because an old kernel unpacks itself past
 * its end. A section's size in memory is that of its data, which is what the stub measures. Equal input gives equal
 * bytes. What followed the stub's sections (symbols, a signature) is left out. Fails with `malformed` for a stub or a
 * part that cannot be one, `no-space` when the stub's headers have no room for the parts, `too-large` past 2 GiB.
 */
export function makeUki(parts: UkiParts): Result<Uint8Array> {
  const stub = parsePe(parts.stub)
  if (!stub.ok) return stub
  const ordered = inOrder(parts.sections)
  const problem =
    checkAlignment(stub.value) ?? checkParts(stub.value, ordered) ?? checkRoom(stub.value, ordered.length)
  if (problem !== null) return problem
  const placed = place(stub.value, ordered)
  const last = placed.at(-1)
  const found = last === undefined ? 0 : last.virtualAddress + last.virtualSize
  if (found > maxImageSize) return fail('too-large', { what: 'UKI', required: maxImageSize, found })
  return ok(assemble(parts.stub, stub.value, placed))
}

function inOrder(sections: readonly UkiPart[]): readonly UkiPart[] {
  const isKernel = (part: UkiPart) => part.name === '.linux'
  return [...sections.filter((part) => !isKernel(part)), ...sections.filter(isKernel)]
}

/** Bounds of the PE format for the file, and of what processors map at once for memory. */
function checkAlignment(stub: PeImage) {
  const at = stub.optionalOffset
  if (stub.fileAlignment > 0x10000)
    return malformed('uki', 'file alignment', at + optionalHeader.fileAlignment, 0x10000, stub.fileAlignment)
  if (stub.sectionAlignment > 0x200000)
    return malformed(
      'uki',
      'section alignment',
      at + optionalHeader.sectionAlignment,
      0x200000,
      stub.sectionAlignment,
    )
  return null
}

function checkParts(stub: PeImage, parts: readonly UkiPart[]) {
  const seen = new Set<string>()
  for (const { name } of parts) {
    const isFit = /^\.[\x21-\x7e]+$/.test(name) && name.length <= maxNameLength
    if (!isFit)
      return malformed('uki', 'section name', 0, `a dot and at most ${maxNameLength - 1} more`, name)
    const isTwice = findSection(stub, name) !== null || (seen.has(name) && !repeatable.includes(name))
    if (isTwice) return malformed('uki', 'section name', 0, 'each once', name)
    seen.add(name)
  }
  return seen.has('.linux') ? null : malformed('uki', 'sections', 0, '.linux', [...seen].join(' '))
}

function checkRoom(stub: PeImage, count: number) {
  const firstData = stub.sections.filter((section) => section.rawSize > 0).map((section) => section.rawOffset)
  const found = Math.max(0, Math.min(stub.sizeOfHeaders, ...firstData) - headersEnd(stub))
  const required = count * sectionHeader.length
  return required <= found ? null : fail('no-space', { what: 'section headers of the stub', required, found })
}

function place(stub: PeImage, parts: readonly UkiPart[]): readonly Placed[] {
  let address = Math.max(
    0,
    ...stub.sections.map(
      (section) => section.virtualAddress + Math.max(section.virtualSize, section.rawSize),
    ),
  )
  let offset = contentEnd(stub)
  return parts.map(({ name, data }) => {
    address = alignUp(address, Math.max(stub.sectionAlignment, pageSize))
    offset = alignUp(offset, stub.fileAlignment)
    const placed: Placed = {
      name,
      data,
      virtualAddress: address,
      virtualSize: data.length,
      rawOffset: offset,
      rawSize: alignUp(data.length, stub.fileAlignment),
      characteristics: flagsOf(name),
    }
    address += placed.virtualSize
    offset += placed.rawSize
    return placed
  })
}

function flagsOf(name: string): number {
  const { code, execute, initialised, read } = sectionFlag
  return name === '.linux' ? code | execute | read : initialised | read
}

function assemble(stubFile: Uint8Array, stub: PeImage, placed: readonly Placed[]): Uint8Array {
  const end = Math.max(contentEnd(stub), ...placed.map((section) => section.rawOffset + section.rawSize))
  const out = new Uint8Array(end)
  out.set(stubFile.subarray(0, contentEnd(stub)))
  const fields = new DataView(out.buffer)
  placed.forEach((section, i) => {
    writeSectionHeader(fields, headersEnd(stub) + i * sectionHeader.length, section)
    out.set(section.data, section.rawOffset)
  })
  updateHeaders(fields, stub, placed)
  return out
}

function updateHeaders(fields: DataView, stub: PeImage, placed: readonly Placed[]): void {
  const last = placed.at(-1)
  const memoryEnd = last === undefined ? stub.sizeOfImage : last.virtualAddress + last.virtualSize
  const coff = stub.coffOffset
  const optional = stub.optionalOffset
  fields.setUint16(coff + coffHeader.sectionCount, stub.sections.length + placed.length, true)
  fields.setUint32(coff + coffHeader.symbolTable, 0, true)
  fields.setUint32(coff + coffHeader.symbolCount, 0, true)
  const dataSize = fields.getUint32(optional + optionalHeader.sizeOfInitialisedData, true)
  const added = placed.reduce((sum, section) => sum + section.rawSize, 0)
  fields.setUint32(optional + optionalHeader.sizeOfInitialisedData, dataSize + added, true)
  fields.setUint32(optional + optionalHeader.sizeOfImage, alignUp(memoryEnd, stub.sectionAlignment), true)
  fields.setUint32(optional + optionalHeader.checksum, 0, true)
  const flagsAt = optional + optionalHeader.dllCharacteristics
  fields.setUint16(flagsAt, fields.getUint16(flagsAt, true) & ~flagsKernelLacks(placed), true)
  if (stub.certificateEntryOffset !== null) fields.setBigUint64(stub.certificateEntryOffset, 0n, true)
}

/** A stub that promises never to run data must not promise it for a kernel that does not. */
function flagsKernelLacks(placed: readonly Placed[]): number {
  const kernel = placed.find((section) => section.name === '.linux')
  const image = kernel === undefined ? null : parsePe(kernel.data)
  return image?.ok === true && (image.value.dllCharacteristics & nxCompatible) === 0 ? nxCompatible : 0
}

/** Writes one entry of a section table. */
export function writeSectionHeader(fields: DataView, at: number, section: PeSection): void {
  for (let i = 0; i < section.name.length; i += 1) fields.setUint8(at + i, section.name.charCodeAt(i))
  fields.setUint32(at + sectionHeader.virtualSize, section.virtualSize, true)
  fields.setUint32(at + sectionHeader.virtualAddress, section.virtualAddress, true)
  fields.setUint32(at + sectionHeader.rawSize, section.rawSize, true)
  fields.setUint32(at + sectionHeader.rawOffset, section.rawOffset, true)
  fields.setUint32(at + sectionHeader.characteristics, section.characteristics, true)
}

function headersEnd(image: PeImage): number {
  return image.sectionTableOffset + image.sections.length * sectionHeader.length
}

/** Where the last section ends in the file. */
function contentEnd(image: PeImage): number {
  const ends = image.sections.filter((section) => section.rawSize > 0).map((s) => s.rawOffset + s.rawSize)
  return Math.max(image.sizeOfHeaders, ...ends)
}
