import { alignDown } from '../../base/bytes.ts'
import type { FailureCode } from '../../base/failure-code.ts'
import { done, fail, type Err, type Result } from '../../base/result.ts'
import { vendor } from '../../base/well-known.ts'
import { setVariable } from '../../formats/varstore/edit-varstore.ts'
import { parseVarstore } from '../../formats/varstore/parse-varstore.ts'
import type { RawDisk } from '../disk-image/raw-disk.ts'
import type { SectorLog } from '../disk-image/sector-log.ts'
import type { VariableFile } from '../disk-image/variable-file.ts'
import type { FaultInjector, FaultKind, FaultOperation } from './fault-plan.ts'

const codes: Readonly<Partial<Record<FaultKind, FailureCode>>> = {
  ENOSPC: 'no-space',
  EIO: 'io-failed',
  EINTR: 'interrupted-call',
  EROFS: 'read-only',
  'short-write': 'short-write',
}

/** A disk whose calls fail as planned. */
export function faultyDisk(disk: RawDisk, faults: FaultInjector): RawDisk {
  return {
    ...disk,
    read: (offset, length) => failing(faults, 'disk.read', disk.name) ?? disk.read(offset, length),
    write(offset, data) {
      const kind = faults.next('disk.write')
      if (kind === null) return disk.write(offset, data)
      if (kind === 'silent-loss') return done
      if (kind === 'short-write')
        disk.write(offset, data.subarray(0, alignDown(data.length / 2, disk.sectorSize)))
      return failure(kind, 'disk.write', disk.name)
    },
    flush: () => failing(faults, 'disk.flush', disk.name) ?? disk.flush(),
  }
}

/** A variable store whose calls fail, or lie, as planned. */
export function faultyVariables(file: VariableFile, faults: FaultInjector): VariableFile {
  return {
    read: () => failing(faults, 'variables.read', 'variables') ?? file.read(),
    replace(data) {
      const kind = faults.next('variables.replace')
      if (kind === null) return file.replace(data)
      if (kind === 'variable-vanishes') return done
      if (kind === 'order-reverts') return file.replace(withFormerOrder(file, data))
      return failure(kind, 'variables.replace', 'variables')
    },
  }
}

/** A sector log whose calls fail as planned. */
export function faultyLog(log: SectorLog, faults: FaultInjector): SectorLog {
  return {
    append: (batch) => failing(faults, 'log.append', 'log') ?? log.append(batch),
    readAll: () => failing(faults, 'log.read', 'log') ?? log.readAll(),
    clear: () => failing(faults, 'log.clear', 'log') ?? log.clear(),
  }
}

function failing(faults: FaultInjector, operation: FaultOperation, where: string): Err | null {
  const kind = faults.next(operation)
  return kind === null ? null : failure(kind, operation, where)
}

function failure(kind: FaultKind, what: string, where: string): Err {
  return fail(codes[kind] ?? 'io-failed', { what, where, error: kind })
}

function withFormerOrder(file: VariableFile, data: Uint8Array): Uint8Array {
  const key = { vendor: vendor.global, name: 'BootOrder' }
  const former = orderIn(file.read())
  if (former === undefined) return data
  const reverted = setVariable(data, key, { attributes: former.attributes, data: former.data })
  return reverted.ok ? reverted.value : data
}

function orderIn(image: Result<Uint8Array>) {
  const store = image.ok ? parseVarstore(image.value) : image
  if (!store.ok) return undefined
  return store.value.variables.find(
    (variable) => variable.vendor === vendor.global && variable.name === 'BootOrder',
  )
}
