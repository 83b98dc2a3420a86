import { closeSync, constants, fstatSync, fsyncSync, openSync } from 'node:fs'
import { done, fail, ok, type Result } from '../../base/result.ts'

/** A device's file and its number as sysfs gives it. */
export interface DeviceFile {
  readonly path: string
  /** `major:minor`. */
  readonly device: string
}

/** How a device file is used: looked into, written to, or written to while nobody else has the device. */
export type DeviceUse = 'read' | 'write' | 'claim'

const flags: Readonly<Record<DeviceUse, number>> = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR,
  claim: constants.O_RDWR | constants.O_EXCL,
}

/**
 * Device files that are opened when first needed and closed together. Only what is written to is opened to write: udev
 * reads a disk's table anew whenever somebody closes a file that could have changed it.
 */
export class DeviceFiles {
  readonly #open = new Map<string, number>()
  readonly #written = new Set<number>()

  /** An open file. With `claim` EBUSY is thrown when somebody else has the device. */
  open({ path, device }: DeviceFile, use: DeviceUse): Result<number> {
    const key = `${use} ${path}`
    const known = this.#open.get(key)
    if (known !== undefined) return ok(known)
    const file = openSync(path, flags[use])
    const found = deviceOf(file)
    if (found !== device) {
      closeSync(file)
      return fail('identity-changed', { what: path, required: device, found })
    }
    this.#open.set(key, file)
    if (use !== 'read') this.#written.add(file)
    return ok(file)
  }

  flush(): Result<void> {
    for (const file of this.#written) fsyncSync(file)
    return done
  }

  close(): void {
    for (const file of this.#open.values()) closeSync(file)
    this.#open.clear()
    this.#written.clear()
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
