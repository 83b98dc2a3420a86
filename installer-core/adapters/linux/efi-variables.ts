import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  statfsSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { bytes, type Bytes } from '../../base/bytes.ts'
import { parseGuid } from '../../base/guid.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import type { FirmwareVariables, Variable, VariableName } from '../../ports/firmware-variables.ts'
import { ioFailure } from '../disk-image/io-failure.ts'
import { again } from './again.ts'
import { immutableMark, type VariableProtection } from './immutable-mark.ts'
import { variableFailure } from './variable-failure.ts'

/** How efivarfs can be used. */
export interface EfiVariablesSettings {
  readonly folder: string
  readonly access: 'read-write' | 'read-only' | 'none'
  /** Told after each change. */
  readonly onChange: () => void
  /** How the mark that keeps a variable from being changed is read and set; chattr(1) and lsattr(1) when absent. */
  readonly protection?: VariableProtection
}

/** Apple's firmware shows this bit in attributes, and would not take it back. */
const foreignBit = 0x80000000
const attributeBytes = 4
/** EFIVARFS_MAGIC of statfs(2). */
const efivarfsMagic = 0xde5e81e4
const own = /^(Boot[0-9A-F]{4}|BootNext|BootOrder)$/

/**
 * The firmware's variables as Linux shows them (efivarfs, kernel documentation): one file each, four bytes of attributes
 * before the data, changed by one single write. The kernel keeps the last 5 KiB of the store for the firmware
 * (`firmware-store-full`) and guards most variables by the immutable mark, which is taken off for the one change and put
 * on again. Only boot variables and Berth's own can be deleted here, whoever asks.
 */
export class EfiVariables implements FirmwareVariables {
  readonly #settings: EfiVariablesSettings

  constructor(settings: EfiVariablesSettings) {
    this.#settings = settings
  }

  async list(): Promise<Result<readonly VariableName[]>> {
    const { folder, access } = this.#settings
    if (access === 'none') return fail('firmware-access-denied', { what: 'firmware variables' })
    try {
      return ok(
        readdirSync(folder)
          .sort()
          .flatMap((file) => nameOf(file))
          .filter((name) => this.#isThere(name)),
      )
    } catch (error) {
      return ioFailure(error, 'list', folder)
    }
  }

  async read(variable: VariableName): Promise<Result<Variable | null>> {
    if (this.#settings.access === 'none') return fail('firmware-access-denied', { what: variable.name })
    const path = this.#pathOf(variable)
    if (!existsSync(path)) return ok(null)
    const content = await again(() => new Uint8Array(readFileSync(path)))
    if (!content.ok) return content.failure.facts['error'] === 'ENOENT' ? ok(null) : content
    return ok(decode(content.value))
  }

  async write(variable: VariableName, value: Variable): Promise<Result<void>> {
    const refused = this.#refusal(variable)
    if (!refused.ok) return refused
    const path = this.#pathOf(variable)
    const isNew = !existsSync(path)
    const written = await this.#unprotected(path, () => this.#writeOnce(path, encode(value)))
    if (!written.ok) {
      if (isNew) removeEmpty(path)
      return variableFailure(written.failure, variable.name, await this.free(), value.data.length)
    }
    this.#settings.onChange()
    const found = await this.read(variable)
    if (!found.ok) return found
    const same = found.value !== null && Buffer.compare(found.value.data, value.data) === 0
    return same ? done : fail('read-back-differs', { what: variable.name, where: 'firmware variables' })
  }

  async delete(variable: VariableName): Promise<Result<void>> {
    const refused = this.#refusal(variable)
    if (!refused.ok) return refused
    if (variable.vendor !== vendor.berth && !(variable.vendor === vendor.global && own.test(variable.name)))
      return fail('not-ours', { what: variable.name })
    const path = this.#pathOf(variable)
    if (!existsSync(path)) return done
    const removed = await this.#unprotected(path, () => again(() => unlinkSync(path)))
    if (!removed.ok) return variableFailure(removed.failure, variable.name, await this.free(), 0)
    this.#settings.onChange()
    const found = await this.read(variable)
    if (!found.ok) return found
    return found.value === null
      ? done
      : fail('read-back-differs', { what: variable.name, where: 'firmware variables' })
  }

  /** What the kernel says is free beyond its reserve; older kernels (before 6.5) say nothing. */
  async free(): Promise<Result<Bytes | null>> {
    const { folder, access } = this.#settings
    if (access === 'none') return fail('firmware-access-denied', { what: 'firmware variables' })
    try {
      const { type, blocks, bavail, bsize } = statfsSync(folder)
      return ok(type !== efivarfsMagic || blocks === 0 ? null : bytes(bavail * bsize))
    } catch (error) {
      return ioFailure(error, 'look for room', folder)
    }
  }

  /** One call carries everything: the kernel hands each write to the firmware as the whole variable. */
  #writeOnce(path: string, content: Uint8Array): Promise<Result<void>> {
    return again(() => {
      const file = openSync(path, 'w', 0o644)
      try {
        writeSync(file, content)
      } finally {
        closeSync(file)
      }
    })
  }

  async #unprotected(path: string, work: () => Promise<Result<void>>): Promise<Result<void>> {
    if (!existsSync(path)) return work()
    const protection = this.#settings.protection ?? immutableMark
    const marked = await protection.isOn(path)
    if (!marked.ok) return marked
    // The kernel leaves the mark off what firmware may lose without harm; that stays so.
    if (!marked.value) return work()
    const opened = await protection.set(path, false)
    if (!opened.ok) return opened
    const result = await work()
    const closed = existsSync(path) ? await protection.set(path, true) : done
    return result.ok && !closed.ok ? closed : result
  }

  #refusal({ name }: VariableName): Result<void> {
    const { access } = this.#settings
    if (access === 'none') return fail('firmware-access-denied', { what: name })
    return access === 'read-only' ? fail('read-only', { what: name, where: 'firmware variables' }) : done
  }

  /** A variable without data is one that a write that failed has left behind in the folder. */
  #isThere(name: VariableName): boolean {
    try {
      return statSync(this.#pathOf(name)).size >= attributeBytes
    } catch {
      return false
    }
  }

  #pathOf({ vendor: guid, name }: VariableName): string {
    return join(this.#settings.folder, `${name.replaceAll('/', '!')}-${guid}`)
  }
}

function nameOf(file: string): readonly VariableName[] {
  const [, name, text] = /^(.+)-([0-9a-f-]{36})$/.exec(file) ?? []
  const guid = text === undefined ? null : parseGuid(text)
  return name === undefined || guid === null ? [] : [{ vendor: guid, name: name.replaceAll('!', '/') }]
}

function decode(content: Uint8Array): Variable | null {
  if (content.length < attributeBytes) return null
  const fields = new DataView(content.buffer, content.byteOffset, content.length)
  const attributes = fields.getUint32(0, true)
  return { attributes, data: content.slice(attributeBytes) }
}

function encode({ attributes, data }: Variable): Uint8Array {
  const content = new Uint8Array(attributeBytes + data.length)
  new DataView(content.buffer).setUint32(0, (attributes & ~foreignBit) >>> 0, true)
  content.set(data, attributeBytes)
  return content
}

function removeEmpty(path: string): void {
  try {
    if (readFileSync(path).length === 0) unlinkSync(path)
  } catch {
    // It never came to be, which is what was wanted.
  }
}
