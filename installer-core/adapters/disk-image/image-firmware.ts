import { bytes, type Bytes } from '../../base/bytes.ts'
import { done, fail, ok, type Result } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { deleteVariable, freeBytes, setVariable } from '../../formats/varstore/edit-varstore.ts'
import { hasPendingWrite } from '../../formats/varstore/pending-write.ts'
import { parseVarstore, type StoredVariable } from '../../formats/varstore/parse-varstore.ts'
import type { FirmwareVariables, Variable, VariableName } from '../../ports/firmware-variables.ts'
import type { PcFile } from './pc-schema.ts'
import type { VariableFile } from './variable-file.ts'

/** The firmware variables of a practice PC: an OVMF variable store, with the misbehaviour that `pc.json` asks for. */
export class ImageFirmware implements FirmwareVariables {
  readonly #settings: PcFile['firmware']
  readonly #file: VariableFile | null
  /** Bytes taken since this PC was opened: they count against a limited store. */
  #taken = 0

  constructor(settings: PcFile['firmware'], file: VariableFile | null) {
    this.#settings = settings
    this.#file = file
  }

  async list(): Promise<Result<readonly VariableName[]>> {
    const found = this.#variables()
    return found.ok ? ok(found.value.map((entry) => ({ vendor: entry.vendor, name: entry.name }))) : found
  }

  async read(variable: VariableName): Promise<Result<Variable | null>> {
    const found = this.#variables()
    if (!found.ok) return found
    const entry = found.value.find((candidate) => isSame(candidate, variable))
    return ok(entry === undefined ? null : { attributes: entry.attributes, data: entry.data })
  }

  async write(variable: VariableName, value: Variable): Promise<Result<void>> {
    const refused = this.#refusal(variable)
    if (refused !== null) return refused
    return this.#change((image) => setVariable(image, variable, value))
  }

  async delete(variable: VariableName): Promise<Result<void>> {
    const refused = this.#refusal(variable)
    if (refused !== null) return refused
    return this.#change((image) => deleteVariable(image, variable))
  }

  async free(): Promise<Result<Bytes | null>> {
    const image = this.#image()
    return image.ok ? this.#freeOf(image.value) : image
  }

  #image(): Result<Uint8Array> {
    if (this.#settings.kind === 'bios' || this.#file === null)
      return fail('unsupported', { what: 'firmware variables', where: this.#settings.kind })
    if (this.#settings.access === 'none')
      return fail('firmware-access-denied', { what: 'firmware variables' })
    return this.#file.read()
  }

  #variables(): Result<readonly StoredVariable[]> {
    const image = this.#image()
    if (!image.ok) return image
    const store = parseVarstore(image.value)
    return store.ok ? ok(store.value.variables) : store
  }

  #refusal(variable: VariableName): Result<void> | null {
    const isLocked =
      this.#settings.faults.includes('boot-order-locked') &&
      variable.vendor === vendor.global &&
      variable.name === 'BootOrder'
    if (this.#settings.access !== 'read-only' && !isLocked) return null
    const image = this.#image()
    return image.ok ? fail('read-only', { what: variable.name, where: 'firmware variables' }) : image
  }

  #freeOf(image: Uint8Array): Result<Bytes> {
    const { freeBytes: limit } = this.#settings
    const real = freeBytes(image)
    if (!real.ok || limit === null) return real
    return ok(bytes(Math.min(real.value, Math.max(0, limit - this.#taken))))
  }

  /** Writes the store as a whole when the change changes it; `firmware-store-full` when the limit has no room for it. */
  #change(edit: (image: Uint8Array) => Result<Uint8Array>): Result<void> {
    const image = this.#image()
    if (!image.ok) return image
    const edited = edit(image.value)
    if (!edited.ok) return edited
    if (Buffer.compare(edited.value, image.value) === 0) return done
    // What is written now would be lost when the firmware finishes its own write.
    if (hasPendingWrite(image.value)) return fail('firmware-write-pending')
    const free = this.#freeOf(image.value)
    const before = freeBytes(image.value)
    const after = freeBytes(edited.value)
    if (!free.ok || !before.ok || !after.ok)
      return fail('io-failed', { what: 'read', where: 'variable store' })
    const taken = before.value - after.value
    if (taken > free.value) return fail('firmware-store-full', { required: taken, found: free.value })
    const written = this.#file?.replace(edited.value) ?? done
    if (written.ok) this.#taken += taken
    return written
  }
}

function isSame(a: VariableName, b: VariableName): boolean {
  return a.vendor === b.vendor && a.name === b.name
}
