import { alignUp } from '../../base/bytes.ts'
import { coffHeader, dosHeader, optionalHeader, sectionFlag, sectionHeader } from './layout.ts'
import { writeSectionHeader } from './make-uki.ts'
import type { PeSection } from './parse-pe.ts'

/** A small EFI program for x86-64. */
export interface EfiApplication {
  /** Position-independent machine code; it starts with its first byte, called as the Microsoft x64 ABI says. */
  readonly code: Uint8Array
  /** Data that may be written, at `dataAddress(code.length)` from the start of the image; reach it relative to RIP. */
  readonly data?: Uint8Array
}

const sectionAlignment = 4096
const fileAlignment = 512
const peOffset = 0x80
const directoryCount = 16
const optionalSize = optionalHeader.directories64 + 8 * directoryCount
const headersSize = 1024

/** Where the code is loaded, from the start of the image. */
export const codeAddress = sectionAlignment

/** Where the data is loaded, from the start of the image. */
export function dataAddress(codeLength: number): number {
  return alignUp(codeAddress + Math.max(1, codeLength), sectionAlignment)
}

/** A valid PE32+ EFI application (Microsoft PE format; UEFI 2.10, 2.1.1) of `.text`, `.data` and an empty `.reloc`. */
export function makeEfiApplication(program: EfiApplication): Uint8Array {
  const { code, execute, initialised, discardable, read, write } = sectionFlag
  // One block that relocates nothing: firmware that looks for relocations finds a well-formed table.
  const relocations = Uint8Array.of(0, 0x10, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0)
  const sections = placeSections([
    { name: '.text', data: program.code, characteristics: code | execute | read },
    { name: '.data', data: program.data ?? new Uint8Array(1), characteristics: initialised | read | write },
    { name: '.reloc', data: relocations, characteristics: initialised | discardable | read },
  ])
  const out = new Uint8Array(Math.max(...sections.map((section) => section.rawOffset + section.rawSize)))
  const fields = new DataView(out.buffer)
  writeHeaders(fields, sections)
  sections.forEach((section, i) => {
    const table = peOffset + coffHeader.length + optionalSize
    writeSectionHeader(fields, table + i * sectionHeader.length, section)
    out.set(section.data, section.rawOffset)
  })
  return out
}

interface Content extends PeSection {
  readonly data: Uint8Array
}

function placeSections(
  contents: readonly Pick<Content, 'name' | 'data' | 'characteristics'>[],
): readonly Content[] {
  let address = codeAddress
  let offset = headersSize
  return contents.map((content) => {
    const section: Content = {
      ...content,
      virtualAddress: address,
      virtualSize: Math.max(1, content.data.length),
      rawOffset: offset,
      rawSize: alignUp(Math.max(1, content.data.length), fileAlignment),
    }
    address = alignUp(address + section.virtualSize, sectionAlignment)
    offset += section.rawSize
    return section
  })
}

function writeHeaders(fields: DataView, sections: readonly Content[]): void {
  const executable = 0x0002
  const largeAddresses = 0x0020
  fields.setUint16(0, dosHeader.magic, true)
  fields.setUint32(dosHeader.peOffset, peOffset, true)
  fields.setUint32(peOffset, coffHeader.signature, true)
  fields.setUint16(peOffset + coffHeader.machine, 0x8664, true)
  fields.setUint16(peOffset + coffHeader.sectionCount, sections.length, true)
  fields.setUint16(peOffset + coffHeader.optionalSize, optionalSize, true)
  fields.setUint16(peOffset + coffHeader.characteristics, executable | largeAddresses, true)
  const [text, data, relocations] = sections
  if (text === undefined || data === undefined || relocations === undefined) return
  const at = peOffset + coffHeader.length
  const u32 = (field: number, value: number) => fields.setUint32(at + field, value, true)
  fields.setUint16(at, optionalHeader.magic64, true)
  u32(4, text.rawSize)
  u32(optionalHeader.sizeOfInitialisedData, data.rawSize + relocations.rawSize)
  u32(optionalHeader.entryPoint, text.virtualAddress)
  u32(20, text.virtualAddress)
  u32(optionalHeader.sectionAlignment, sectionAlignment)
  u32(optionalHeader.fileAlignment, fileAlignment)
  u32(optionalHeader.sizeOfImage, alignUp(relocations.virtualAddress + 12, sectionAlignment))
  u32(optionalHeader.sizeOfHeaders, headersSize)
  fields.setUint16(at + optionalHeader.subsystem, 10, true)
  u32(optionalHeader.directories64 - 4, directoryCount)
  const directory = optionalHeader.directories64 + 8 * optionalHeader.relocationDirectory
  u32(directory, relocations.virtualAddress)
  u32(directory + 4, relocations.data.length)
}
