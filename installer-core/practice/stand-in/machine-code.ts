import { guidToBytes } from '../../base/guid.ts'
import { vendor } from '../../base/well-known.ts'

/** How a stand-in ends. */
export type StandInEnd = 'shutdown' | 'restart' | 'hang'

/** What a stand-in says and does: its lines in order, then how it ends. */
export interface StandInProgram {
  readonly lines: readonly string[]
  readonly end: StandInEnd
  /** How long it waits before it ends, in microseconds. */
  readonly waitMicroseconds: number
}

/** Code and data of an EFI program. */
export interface ProgramImage {
  readonly code: Uint8Array
  readonly data: Uint8Array
}

/** Offsets in EFI_SYSTEM_TABLE, EFI_BOOT_SERVICES and EFI_RUNTIME_SERVICES for x86-64 (UEFI 2.10, 4.3, 4.4 and 4.5). */
const systemTable = { conOut: 0x40, runtimeServices: 0x58, bootServices: 0x60 }
const outputString = 0x08
const getVariable = 0x48
const resetSystem = 0x68
const stall = 0xf8

/** Layout of the data: fixed fields first, then the texts. */
const field = { variableName: 0, vendorGuid: 32, dataSize: 48, bootCurrent: 56, digits: 64, texts: 96 }
const currentLabel = 'BootCurrent: '
const digitsAt = (texts: readonly number[]): number => (texts.at(-1) ?? 0) + 2 * currentLabel.length

/**
 * The program as x86-64 machine code for the calling convention of UEFI (arguments in RCX, RDX, R8, R9; 32 bytes of
 * shadow space; UEFI 2.10, 2.3.4.2). It prints its lines and the value of BootCurrent through ConOut, waits, and ends.
 * Position-independent: the data is reached relative to RIP, `dataDistance` bytes behind the start of the code.
 */
export function assembleStandIn(program: StandInProgram, dataDistance: number): ProgramImage {
  const spoken = [...program.lines.map((line) => `${line}\r\n`), `${currentLabel}none\r\n`]
  const { data, texts } = layOutData(spoken)
  const code = new CodeWriter(dataDistance)
  code.bytes(0x53) // push rbx
  code.bytes(0x48, 0x83, 0xec, 0x30) // sub rsp, 48: shadow space and a fifth argument, 16-byte aligned
  code.bytes(0x48, 0x89, 0xd3) // mov rbx, rdx: the system table
  readBootCurrent(code, digitsAt(texts))
  for (const text of texts) print(code, text)
  wait(code, program.waitMicroseconds)
  endProgram(code, program.end)
  return { code: code.done(), data }
}

function layOutData(spoken: readonly string[]): { data: Uint8Array; texts: number[] } {
  const data: number[] = new Array<number>(field.texts).fill(0)
  data.splice(field.variableName, 24, ...utf16('BootCurrent\0'))
  data.splice(field.vendorGuid, 16, ...guidToBytes(vendor.global))
  data[field.dataSize] = 2
  data.splice(field.digits, 16, ...[...'0123456789ABCDEF'].map((digit) => digit.charCodeAt(0)))
  const texts = spoken.map((text) => {
    const at = data.length
    data.push(...utf16(`${text}\0`))
    return at
  })
  return { data: Uint8Array.from(data), texts }
}

/** GetVariable(L"BootCurrent", global, NULL, &size, &value); on success its four hex digits go into the text at `digits`. */
function readBootCurrent(code: CodeWriter, digits: number): void {
  code.relative([0x48, 0x8d, 0x05], field.bootCurrent) // lea rax, [value]
  code.bytes(0x48, 0x89, 0x44, 0x24, 0x20) // mov [rsp+32], rax
  code.relative([0x48, 0x8d, 0x0d], field.variableName) // lea rcx, [name]
  code.relative([0x48, 0x8d, 0x15], field.vendorGuid) // lea rdx, [guid]
  code.bytes(0x45, 0x31, 0xc0) // xor r8d, r8d
  code.relative([0x4c, 0x8d, 0x0d], field.dataSize) // lea r9, [size]
  code.bytes(0x48, 0x8b, 0x43, systemTable.runtimeServices) // mov rax, [rbx+runtime services]
  code.bytes(0xff, 0x50, getVariable) // call [rax+GetVariable]
  code.bytes(0x48, 0x85, 0xc0) // test rax, rax
  const digitsCode = hexDigits(code.position + 2, code.dataDistance, digits)
  code.bytes(0x75, digitsCode.length) // jnz past the digits
  code.bytes(...digitsCode)
}

/** Four times: take the top four bits of the value, look up the digit, store it as UTF-16. */
function hexDigits(position: number, dataDistance: number, digits: number): Uint8Array {
  const part = new CodeWriter(dataDistance - position)
  part.relative([0x0f, 0xb7, 0x05], field.bootCurrent) // movzx eax, word [value]
  part.relative([0x48, 0x8d, 0x15], field.digits) // lea rdx, [digit characters]
  part.relative([0x48, 0x8d, 0x0d], digits) // lea rcx, [text]
  for (const [shift, at] of [12, 8, 4, 0].map((bits, index) => [bits, 2 * index] as const)) {
    part.bytes(0x41, 0x89, 0xc0) // mov r8d, eax
    part.bytes(0x41, 0xc1, 0xe8, shift) // shr r8d, shift
    part.bytes(0x41, 0x83, 0xe0, 0x0f) // and r8d, 15
    part.bytes(0x46, 0x0f, 0xb6, 0x04, 0x02) // movzx r8d, byte [rdx+r8]
    part.bytes(0x66, 0x44, 0x89, 0x41, at) // mov [rcx+at], r8w
  }
  return part.done()
}

function print(code: CodeWriter, text: number): void {
  code.bytes(0x48, 0x8b, 0x4b, systemTable.conOut) // mov rcx, [rbx+ConOut]
  code.relative([0x48, 0x8d, 0x15], text) // lea rdx, [text]
  code.bytes(0xff, 0x51, outputString) // call [rcx+OutputString]
}

function wait(code: CodeWriter, microseconds: number): void {
  code.bytes(0x48, 0x8b, 0x43, systemTable.bootServices) // mov rax, [rbx+boot services]
  code.bytes(0xb9, ...u32(microseconds)) // mov ecx, microseconds
  code.bytes(0xff, 0x90, ...u32(stall)) // call [rax+Stall]
}

function endProgram(code: CodeWriter, end: StandInEnd): void {
  if (end !== 'hang') {
    code.bytes(0x48, 0x8b, 0x43, systemTable.runtimeServices) // mov rax, [rbx+runtime services]
    code.bytes(0xb9, ...u32(end === 'shutdown' ? 2 : 0)) // mov ecx, EfiResetShutdown or EfiResetCold
    code.bytes(0x31, 0xd2) // xor edx, edx
    code.bytes(0x45, 0x31, 0xc0) // xor r8d, r8d
    code.bytes(0x45, 0x31, 0xc9) // xor r9d, r9d
    code.bytes(0xff, 0x50, resetSystem) // call [rax+ResetSystem]
  }
  code.bytes(0xf3, 0x90, 0xeb, 0xfc) // pause; jmp back: for ever
}

class CodeWriter {
  readonly dataDistance: number
  readonly #written: number[] = []

  constructor(dataDistance: number) {
    this.dataDistance = dataDistance
  }

  get position(): number {
    return this.#written.length
  }

  bytes(...values: number[]): void {
    this.#written.push(...values)
  }

  /** An instruction whose last four bytes are the distance from its end to `target` in the data. */
  relative(instruction: readonly number[], target: number): void {
    const end = this.position + instruction.length + 4
    this.bytes(...instruction, ...u32(this.dataDistance + target - end))
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#written)
  }
}

function utf16(text: string): number[] {
  return [...text].flatMap((character) => {
    const code = character.charCodeAt(0)
    return [code & 0xff, code >> 8]
  })
}

function u32(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]
}
