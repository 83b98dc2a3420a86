import {
  FR_DENIED,
  FR_DISK_ERR,
  FR_EXIST,
  FR_INVALID_NAME,
  FR_LOCKED,
  FR_NO_FILE,
  FR_NO_PATH,
  FR_NOT_ENOUGH_CORE,
  FR_WRITE_PROTECTED,
} from 'js-fatfs'
import type { Failure } from '../../base/failure.ts'
import { fail, type Err } from '../../base/result.ts'

/** The failure that a result code of the FAT code stands for; `disk` is what the disk said last. */
export function fatFailure(code: number, what: string, where: string, disk: Failure | null): Err {
  const facts = { what, where }
  switch (code) {
    case FR_DISK_ERR:
      return disk === null ? fail('io-failed', facts) : { ok: false, failure: disk }
    case FR_NO_FILE:
    case FR_NO_PATH:
      return fail('not-found', facts)
    case FR_EXIST:
      return fail('already-exists', facts)
    case FR_INVALID_NAME:
      return fail('unsupported', { ...facts, reason: 'name' })
    case FR_DENIED:
      return fail('not-permitted', facts)
    case FR_WRITE_PROTECTED:
      return fail('read-only', facts)
    case FR_LOCKED:
      return fail('busy', facts)
    case FR_NOT_ENOUGH_CORE:
      return fail('too-large', facts)
    default:
      return fail('malformed', {
        format: 'fat',
        field: where,
        offset: 0,
        required: 'a sound file system',
        found: `FatFs result ${code} from ${what}`,
      })
  }
}
