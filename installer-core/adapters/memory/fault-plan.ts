/** Everything that can go wrong with one call. */
export type FaultKind =
  | 'ENOSPC'
  | 'EIO'
  | 'EINTR'
  | 'EROFS'
  | 'short-write'
  /** Says that it was written, and was not. */
  | 'silent-loss'
  /** Firmware takes a variable and has forgotten it when asked. */
  | 'variable-vanishes'
  /** Firmware takes variables and puts BootOrder back to what it was. */
  | 'order-reverts'

export type FaultOperation =
  | 'disk.read'
  | 'disk.write'
  | 'disk.flush'
  | 'variables.read'
  | 'variables.replace'
  | 'log.append'
  | 'log.read'
  | 'log.clear'

/** The faults that each operation can have. */
const faultsOf: Readonly<Record<FaultOperation, readonly FaultKind[]>> = {
  'disk.read': ['EIO', 'EINTR'],
  'disk.write': ['ENOSPC', 'EIO', 'EINTR', 'EROFS', 'short-write', 'silent-loss'],
  'disk.flush': ['EIO', 'EINTR', 'EROFS'],
  'variables.read': ['EIO', 'EINTR'],
  'variables.replace': ['ENOSPC', 'EIO', 'EINTR', 'EROFS', 'variable-vanishes', 'order-reverts'],
  'log.append': ['ENOSPC', 'EIO', 'EINTR', 'EROFS', 'short-write'],
  'log.read': ['EIO', 'EINTR'],
  'log.clear': ['EIO', 'EINTR', 'EROFS'],
}

/** One fault: the `at`th call of an operation (from 1) goes wrong; with `lasting`, every later one too. */
export interface FaultPlan {
  readonly operation: FaultOperation
  readonly at: number
  readonly kind: FaultKind
  readonly lasting?: boolean
}

/** Counts calls and says which of them go wrong. */
export class FaultInjector {
  readonly #plan: FaultPlan | null
  readonly #calls = new Map<FaultOperation, number>()

  constructor(plan: FaultPlan | null = null) {
    this.#plan = plan
  }

  /** How often each operation was called so far. */
  get calls(): ReadonlyMap<FaultOperation, number> {
    return this.#calls
  }

  /** Counts a call; the fault that it has. */
  next(operation: FaultOperation): FaultKind | null {
    const count = (this.#calls.get(operation) ?? 0) + 1
    this.#calls.set(operation, count)
    const plan = this.#plan
    if (plan?.operation !== operation) return null
    return count === plan.at || (plan.lasting === true && count > plan.at) ? plan.kind : null
  }
}

/** Every single fault that a run with these numbers of calls can meet; at most `perOperation` calls of each, spread evenly. */
export function* everyFault(
  calls: ReadonlyMap<FaultOperation, number>,
  perOperation = Number.POSITIVE_INFINITY,
): Generator<FaultPlan> {
  for (const [operation, count] of calls) {
    const step = Math.max(1, count / perOperation)
    for (let position = 1; position <= count; position += step)
      for (const kind of faultsOf[operation]) yield { operation, at: Math.floor(position), kind }
  }
}
