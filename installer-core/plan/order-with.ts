import { windowsEntry } from '../check/locate.ts'
import type { Choices } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'

/** Everybody else keeps their place; where no order exists, the present system comes first in the new one. */
export function orderWith(
  machine: Machine,
  entry: number,
  defaultSystem: Choices['defaultSystem'],
): readonly number[] {
  const others = (machine.firmware.bootOrder ?? presentSystem(machine)).filter((number) => number !== entry)
  return defaultSystem === 'new' ? [entry, ...others] : [...others, entry]
}

function presentSystem(machine: Machine): readonly number[] {
  const present = windowsEntry(machine)?.number ?? machine.firmware.bootCurrent
  return present === null ? [] : [present]
}
