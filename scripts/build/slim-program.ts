/** Places in the file header and in a section header of a 64-bit ELF (System V ABI, chapter 4: "ELF Header", "Sections"). */
const header = {
  class: 4,
  order: 5,
  programs: 32,
  sections: 40,
  programCount: 56,
  sectionCount: 60,
  names: 62,
}
const programHeader = { size: 56, offset: 8, fileSize: 32 }
const sectionHeader = { size: 64, flags: 8, offset: 24, length: 32 }
const allocated = 2n

/**
 * A Linux program without what only debuggers read (symbols, debug information), for any processor. What is loaded stays
 * as it is, to the byte; exported symbols are part of that.
 * @throws when it is no 64-bit little-endian ELF whose loaded sections come first.
 */
export function slimProgram(program: Buffer): Buffer {
  if (
    program.toString('latin1', 0, 4) !== '\x7fELF' ||
    program[header.class] !== 2 ||
    program[header.order] !== 1
  )
    throw new Error('This is no 64-bit little-endian ELF program')
  const sections = headersOf(program)
  const names = sections[program.readUInt16LE(header.names)]
  const count = sections.findLastIndex((one) => isAllocated(one)) + 1
  const kept = sections.slice(0, count)
  if (names === undefined || count === 0 || !kept.slice(1).every(isAllocated))
    throw new Error('The sections of this program are not in the usual order')
  const loaded = aligned(program.subarray(0, loadedEnd(program)))
  const nameTable = aligned(
    program.subarray(numberAt(names, 'offset'), numberAt(names, 'offset') + numberAt(names, 'length')),
  )
  const namesNow = Buffer.from(names)
  namesNow.writeBigUInt64LE(BigInt(loaded.length), sectionHeader.offset)
  const slim = Buffer.concat([loaded, nameTable, ...kept, namesNow])
  slim.writeBigUInt64LE(BigInt(loaded.length + nameTable.length), header.sections)
  slim.writeUInt16LE(count + 1, header.sectionCount)
  slim.writeUInt16LE(count, header.names)
  return slim
}

function headersOf(program: Buffer): readonly Buffer[] {
  const start = Number(program.readBigUInt64LE(header.sections))
  return Array.from({ length: program.readUInt16LE(header.sectionCount) }, (_, at) =>
    program.subarray(start + at * sectionHeader.size, start + (at + 1) * sectionHeader.size),
  )
}

/** The first byte behind everything that is loaded. */
function loadedEnd(program: Buffer): number {
  const start = Number(program.readBigUInt64LE(header.programs))
  const ends = Array.from({ length: program.readUInt16LE(header.programCount) }, (_, index) => {
    const at = start + index * programHeader.size
    return Number(
      program.readBigUInt64LE(at + programHeader.offset) +
        program.readBigUInt64LE(at + programHeader.fileSize),
    )
  })
  return Math.max(...ends)
}

function isAllocated(section: Buffer): boolean {
  return (section.readBigUInt64LE(sectionHeader.flags) & allocated) !== 0n
}

function numberAt(section: Buffer, field: 'offset' | 'length'): number {
  return Number(section.readBigUInt64LE(sectionHeader[field]))
}

function aligned(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc(-data.length & 7)])
}
