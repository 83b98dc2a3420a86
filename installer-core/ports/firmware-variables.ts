import type { Bytes } from '../base/bytes.ts'
import type { Guid } from '../base/guid.ts'
import type { Result } from '../base/result.ts'

export interface VariableName {
  readonly vendor: Guid
  readonly name: string
}
export interface Variable {
  /** EFI_VARIABLE_* bits (UEFI 2.10, 8.2); 7 = non-volatile, boot services, runtime. */
  readonly attributes: number
  readonly data: Uint8Array
}

/** The firmware's variables. One write is atomic and durable by itself, as UEFI promises; callers read back all the same. */
export interface FirmwareVariables {
  list(): Promise<Result<readonly VariableName[]>>
  /** Null when the variable is absent. */
  read(variable: VariableName): Promise<Result<Variable | null>>
  write(variable: VariableName, value: Variable): Promise<Result<void>>
  /** Succeeds when it is already absent. */
  delete(variable: VariableName): Promise<Result<void>>
  /** Room left in bytes; null when the firmware does not say. */
  free(): Promise<Result<Bytes | null>>
}
