import type { Result } from '../../base/result.ts'
import { parseWith, type ByteView, type Work } from '../byte-view.ts'
import { coffHeader, dosHeader, optionalHeader, sectionHeader } from './layout.ts'

export interface PeSection {
  /** As stored, without trailing NULs; one character per byte. */
  readonly name: string
  /** Where it is loaded, from the start of the image in memory. */
  readonly virtualAddress: number
  readonly virtualSize: number
  /** Where it lies in the file; nothing lies there when `rawSize` is 0. */
  readonly rawOffset: number
  readonly rawSize: number
  readonly characteristics: number
}

/** The headers of a PE/COFF image; offsets and sizes in bytes. */
export interface PeImage {
  readonly format: 'PE32' | 'PE32+'
  /** 0x8664 = x86-64, 0xAA64 = AArch64, 0x14C = IA-32. */
  readonly machine: number
  /** 10 = EFI application. */
  readonly subsystem: number
  /** IMAGE_DLLCHARACTERISTICS_* bits; 0x100 = never runs data. */
  readonly dllCharacteristics: number
  readonly fileSize: number
  readonly coffOffset: number
  readonly optionalOffset: number
  readonly sectionTableOffset: number
  readonly sectionAlignment: number
  readonly fileAlignment: number
  readonly sizeOfImage: number
  readonly sizeOfHeaders: number
  readonly sections: readonly PeSection[]
  /** Offset of the certificate table's directory entry; null when the header has none. */
  readonly certificateEntryOffset: number | null
  /** The certificate table in the file; null when the image is not signed. */
  readonly certificates: { readonly offset: number; readonly size: number } | null
}

/**
 * Reads the headers of a PE image (Microsoft PE format). `head` must hold them all; the rest of a big file need not be
 * there when `fileSize` tells its length. Malformed when a header or a section lies outside.
 */
export function parsePe(head: Uint8Array, fileSize: number = head.length, work?: Work): Result<PeImage> {
  return parseWith('pe', head, (view) => readPe(view, fileSize), work)
}

/** The contents of a section: what is both in the file and in memory. Not a copy. */
export function sectionData(file: Uint8Array, section: PeSection): Uint8Array {
  const length = Math.min(section.rawSize, section.virtualSize)
  return file.subarray(section.rawOffset, section.rawOffset + length)
}

/** The first section of this name: `.sbat`, `.osrel`, `.linux`. */
export function findSection(image: PeImage, name: string): PeSection | null {
  return image.sections.find((section) => section.name === name) ?? null
}

function readPe(view: ByteView, fileSize: number): PeImage {
  const magic = view.u16(0, 'DOS signature')
  view.require(magic === dosHeader.magic, 'DOS signature', 0, 'MZ', magic)
  const coffOffset = view.u32(dosHeader.peOffset, 'PE offset')
  const signature = view.u32(coffOffset, 'PE signature')
  view.require(signature === coffHeader.signature, 'PE signature', coffOffset, 'PE', signature)
  const optionalOffset = coffOffset + coffHeader.length
  const optionalSize = view.u16(coffOffset + coffHeader.optionalSize, 'optional header size')
  const optional = view.part(optionalOffset, optionalSize, 'optional header')
  const format = readFormat(optional)
  const u32 = (at: number, field: string) => optional.u32(at, field)
  const sizeOfHeaders = u32(optionalHeader.sizeOfHeaders, 'size of headers')
  const sectionTableOffset = optionalOffset + optionalSize
  return {
    format,
    machine: view.u16(coffOffset + coffHeader.machine, 'machine'),
    subsystem: optional.u16(optionalHeader.subsystem, 'subsystem'),
    dllCharacteristics: optional.u16(optionalHeader.dllCharacteristics, 'DLL characteristics'),
    fileSize,
    coffOffset,
    optionalOffset,
    sectionTableOffset,
    sectionAlignment: readAlignment(optional, optionalHeader.sectionAlignment, 'section alignment'),
    fileAlignment: readAlignment(optional, optionalHeader.fileAlignment, 'file alignment'),
    sizeOfImage: u32(optionalHeader.sizeOfImage, 'size of image'),
    sizeOfHeaders,
    sections: readSections(view, coffOffset, sectionTableOffset, sizeOfHeaders, fileSize),
    ...readCertificateEntry(optional, format, fileSize),
  }
}

function readFormat(optional: ByteView): 'PE32' | 'PE32+' {
  const magic = optional.u16(0, 'optional header magic')
  const isKnown = magic === optionalHeader.magic32 || magic === optionalHeader.magic64
  optional.require(isKnown, 'optional header magic', 0, '0x10b or 0x20b', magic)
  return magic === optionalHeader.magic64 ? 'PE32+' : 'PE32'
}

function readAlignment(optional: ByteView, at: number, field: string): number {
  const value = optional.u32(at, field)
  optional.require(value > 0 && (value & (value - 1)) === 0, field, at, 'a power of two', value)
  return value
}

function readSections(
  view: ByteView,
  coffOffset: number,
  table: number,
  sizeOfHeaders: number,
  fileSize: number,
): readonly PeSection[] {
  const count = view.u16(coffOffset + coffHeader.sectionCount, 'section count')
  const tableEnd = table + count * sectionHeader.length
  view.require(
    sizeOfHeaders >= tableEnd && sizeOfHeaders <= fileSize,
    'size of headers',
    coffOffset + coffHeader.length + optionalHeader.sizeOfHeaders,
    `${tableEnd} to ${fileSize}`,
    sizeOfHeaders,
  )
  return Array.from({ length: count }, (_, i) => {
    view.visit()
    return readSection(
      view.part(table + i * sectionHeader.length, sectionHeader.length, 'section header'),
      fileSize,
    )
  })
}

function readSection(header: ByteView, fileSize: number): PeSection {
  const rawSize = header.u32(sectionHeader.rawSize, 'section size in file')
  const rawOffset = header.u32(sectionHeader.rawOffset, 'section offset in file')
  header.require(
    rawSize === 0 || rawOffset + rawSize <= fileSize,
    'section size in file',
    sectionHeader.rawSize,
    `at most ${Math.max(0, fileSize - rawOffset)}`,
    rawSize,
  )
  return {
    name: readName(header),
    virtualAddress: header.u32(sectionHeader.virtualAddress, 'section address'),
    virtualSize: header.u32(sectionHeader.virtualSize, 'section size'),
    rawOffset,
    rawSize,
    characteristics: header.u32(sectionHeader.characteristics, 'section characteristics'),
  }
}

function readName(header: ByteView): string {
  return String.fromCharCode(...header.bytes(0, 8, 'section name')).replace(/\0+$/, '')
}

function readCertificateEntry(
  optional: ByteView,
  format: 'PE32' | 'PE32+',
  fileSize: number,
): Pick<PeImage, 'certificateEntryOffset' | 'certificates'> {
  const directories = format === 'PE32+' ? optionalHeader.directories64 : optionalHeader.directories32
  const count = optional.u32(directories - 4, 'directory count')
  if (count <= optionalHeader.certificateDirectory)
    return { certificateEntryOffset: null, certificates: null }
  const at = directories + 8 * optionalHeader.certificateDirectory
  const offset = optional.u32(at, 'certificate table offset')
  const size = optional.u32(at + 4, 'certificate table size')
  const room = Math.max(0, fileSize - offset)
  optional.require(size === 0 || size <= room, 'certificate table size', at + 4, `at most ${room}`, size)
  return {
    certificateEntryOffset: optional.base + at,
    certificates: size === 0 ? null : { offset, size },
  }
}
