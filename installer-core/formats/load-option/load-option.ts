import type { Result } from '../../base/result.ts'
import { parseWith, toUcs2z, type Work } from '../byte-view.ts'
import type { DevicePath } from '../device-path/node.ts'
import { readDevicePaths } from '../device-path/parse-device-path.ts'
import { serialiseDevicePaths } from '../device-path/serialise-device-path.ts'

/** What a Boot#### variable holds: EFI_LOAD_OPTION (UEFI 2.10, 3.1.3). */
export interface LoadOption {
  /** `loadOptionAttribute` bits. */
  readonly attributes: number
  readonly description: string
  /** The first is what starts; firmware keeps hints of its own in the others. Empty in some firmware's own entries. */
  readonly paths: readonly DevicePath[]
  /** Handed to the program that starts; empty for none. */
  readonly optionalData: Uint8Array
}

export const loadOptionAttribute = {
  active: 0x1,
  forceReconnect: 0x2,
  hidden: 0x8,
  /** Mask; 0 = boot, 0x100 = a program of the firmware such as its setup. */
  category: 0x1f00,
  categoryApp: 0x100,
} as const

const headerLength = 6

/** Reads the data of a Boot#### variable; malformed when the description does not end or the paths do not fill their length. */
export function parseLoadOption(data: Uint8Array, work?: Work): Result<LoadOption> {
  return parseWith(
    'load-option',
    data,
    (view) => {
      const attributes = view.u32(0, 'attributes')
      const pathsLength = view.u16(4, 'path list length')
      const { text, end } = view.ucs2z(headerLength, 'description')
      const paths = readDevicePaths(view.part(end, pathsLength, 'path list'))
      const optionalAt = end + pathsLength
      const optionalData = view.bytes(optionalAt, view.length - optionalAt, 'optional data')
      return { attributes, description: text, paths, optionalData }
    },
    work,
  )
}

/** The data of a Boot#### variable. Paths of more than 65,535 bytes are a bug of the caller. */
export function serialiseLoadOption(option: LoadOption): Uint8Array {
  const paths = serialiseDevicePaths(option.paths)
  if (paths.length > 0xffff) throw new RangeError(`path list of ${paths.length} bytes`)
  const description = toUcs2z(option.description)
  const pathsAt = headerLength + description.length
  const out = new Uint8Array(pathsAt + paths.length + option.optionalData.length)
  const fields = new DataView(out.buffer)
  fields.setUint32(0, option.attributes, true)
  fields.setUint16(4, paths.length, true)
  out.set(description, headerLength)
  out.set(paths, pathsAt)
  out.set(option.optionalData, pathsAt + paths.length)
  return out
}

/** True when the firmware may start it by itself: active, and not one of the firmware's own programs. */
export function startsByItself(option: LoadOption): boolean {
  const { active, category } = loadOptionAttribute
  return (option.attributes & active) !== 0 && (option.attributes & category) === 0
}
