import { bytes } from '../../base/bytes.ts'
import { done, ok, type Result } from '../../base/result.ts'
import type { FirmwareVariables, Variable, VariableName } from '../../ports/firmware-variables.ts'

const key = ({ vendor, name }: VariableName) => `${vendor}/${name}`

/** Firmware variables in a map; `fault` may answer a call in its place. */
export class MemoryFirmware implements FirmwareVariables {
  readonly variables = new Map<string, { readonly name: VariableName; readonly value: Variable }>()
  fault: (call: string, variable: VariableName) => Result<never> | 'lose' | 'revert' | null = () => null
  calls: string[] = []

  set(name: VariableName, data: Uint8Array): void {
    this.variables.set(key(name), { name, value: { attributes: 7, data } })
  }

  data(name: VariableName): number[] | null {
    const found = this.variables.get(key(name))
    return found === undefined ? null : [...found.value.data]
  }

  async list(): Promise<Result<readonly VariableName[]>> {
    return ok([...this.variables.values()].map(({ name }) => name))
  }

  async read(variable: VariableName): Promise<Result<Variable | null>> {
    const fault = this.#fault('read', variable)
    if (fault !== null && typeof fault !== 'string') return fault
    return ok(this.variables.get(key(variable))?.value ?? null)
  }

  async write(variable: VariableName, value: Variable): Promise<Result<void>> {
    const fault = this.#fault('write', variable)
    if (fault === 'lose') this.variables.delete(key(variable))
    else if (fault === null) this.variables.set(key(variable), { name: variable, value })
    return fault === null || typeof fault === 'string' ? done : fault
  }

  async delete(variable: VariableName): Promise<Result<void>> {
    const fault = this.#fault('delete', variable)
    if (fault === null) this.variables.delete(key(variable))
    return fault === null || typeof fault === 'string' ? done : fault
  }

  async free(): Promise<Result<ReturnType<typeof bytes> | null>> {
    return ok(bytes(10_000))
  }

  #fault(call: string, variable: VariableName) {
    this.calls.push(`${call} ${variable.name}`)
    return this.fault(call, variable)
  }
}
