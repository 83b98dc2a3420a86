import type { RawDisk } from './raw-disk.ts'
import type { VariableFile } from './variable-file.ts'

/** Counts what is changed on a PC: block writes, flushes, writes of firmware variables. */
export interface ChangeCounter {
  readonly count: number
  changed(): void
}

/** Counts; right after change number `cutAfter` it calls `cut`, which does not come back. */
export function changeCounter(
  cutAfter: number | null = null,
  cut: () => void = killThisProcess,
): ChangeCounter {
  let count = 0
  return {
    get count() {
      return count
    },
    changed() {
      count += 1
      if (count === cutAfter) cut()
    },
  }
}

/** The number in `BERTH_CUT_AFTER`, for drills: null when it is not set or no positive whole number. */
export function cutAfterFromEnvironment(): number | null {
  const value = Number(process.env['BERTH_CUT_AFTER'] ?? '')
  return Number.isSafeInteger(value) && value > 0 ? value : null
}

/** Ends this process as a power cut would: nothing is flushed, nothing is told. */
function killThisProcess(): void {
  process.kill(process.pid, 'SIGKILL')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

/** A disk whose writes and flushes are counted once they are made. */
export function countedDisk(disk: RawDisk, counter: ChangeCounter): RawDisk {
  return {
    ...disk,
    write(offset, data) {
      const result = disk.write(offset, data)
      if (result.ok) counter.changed()
      return result
    },
    flush() {
      const result = disk.flush()
      if (result.ok) counter.changed()
      return result
    },
  }
}

/** A variable file whose replacements are counted once they are made. */
export function countedVariables(file: VariableFile, counter: ChangeCounter): VariableFile {
  return {
    read: () => file.read(),
    replace(data) {
      const result = file.replace(data)
      if (result.ok) counter.changed()
      return result
    },
  }
}
