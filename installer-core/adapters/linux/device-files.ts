import { closeSync, constants, fstatSync, fsyncSync, openSync } from 'node:fs'
import { done, fail, ok, type Result } from '../../base/result.ts'

/** A device's file and its number as sysfs gives it. */
export interface DeviceFile {
  readonly path: string
  /** `major:minor`. */
  readonly device: string
}

/** Device files that are opened when first needed and closed together. */
export class DeviceFiles {
  readonly #access: 'read' | 'write'
  readonly #open = new Map<string, number>()

  constructor(access: 'read' | 'write') {
    this.#access = access
  }

  /** An open file; with `claim` nobody else has the device: EBUSY is thrown when it is in use. */
  open({ path, device }: DeviceFile, claim: boolean): Result<number> {
    const key = claim ? `${path} claimed` : path
    const known = this.#open.get(key)
    if (known !== undefined) return ok(known)
    const mode = this.#access === 'write' ? constants.O_RDWR : constants.O_RDONLY
    const file = openSync(path, mode | (claim ? constants.O_EXCL : 0))
    const found = deviceOf(file)
    if (found !== device) {
      closeSync(file)
      return fail('identity-changed', { what: path, required: device, found })
    }
    this.#open.set(key, file)
    return ok(file)
  }

  flush(): Result<void> {
    if (this.#access === 'write') for (const file of this.#open.values()) fsyncSync(file)
    return done
  }

  close(): void {
    for (const file of this.#open.values()) closeSync(file)
    this.#open.clear()
  }
}

/** `major:minor` of what an open file stands for (makedev(3) as glibc packs it). */
function deviceOf(file: number): string {
  const { rdev } = fstatSync(file, { bigint: true })
  const major = ((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & ~0xfffn)
  const minor = (rdev & 0xffn) | ((rdev >> 12n) & ~0xffn)
  return `${major}:${minor}`
}

/** True when somebody has this device: the kernel gives it to nobody else. */
export function isClaimed(path: string): boolean {
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_EXCL))
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EBUSY'
  }
}
