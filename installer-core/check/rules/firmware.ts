import { KiB, bytes, type Bytes } from '../../base/bytes.ts'
import type { Machine } from '../../model/machine.ts'
import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'

/** The kind of firmware, whether its variables can be written, and whether there is room for them. */
export function checkFirmware({ machine, release }: CheckContext): readonly Finding[] {
  const { kind, access } = machine.firmware
  if (kind === 'bios') return [finding('firmware-bios', 'blocker', { required: 'UEFI', found: 'BIOS' })]
  const found: Finding[] = []
  if (!release.needs.firmware.includes(kind)) {
    const required = release.needs.firmware.join(', ')
    found.push(finding('firmware-bits-differ', 'blocker', { required, found: kind }))
  }
  if (access === 'none')
    found.push(finding('firmware-access-none', 'blocker', { required: 'read-write', found: access }))
  if (access === 'read-only') {
    found.push(finding('firmware-read-only', 'blocker', { required: 'read-write', found: access }))
  }
  return [...found, ...room(machine)]
}

/**
 * Bytes of variable room an installation takes: an entry, the trial's mark, BootNext, and the order once more before
 * its former copy is given up. Linux keeps 5,120 bytes in reserve and refuses writes that would touch them.
 */
export function variableRoomNeeded(machine: Machine): Bytes {
  return bytes(KiB + (machine.running.os === 'linux' ? 5 * KiB : 0))
}

function room(machine: Machine): readonly Finding[] {
  const { free } = machine.firmware
  const required = variableRoomNeeded(machine)
  if (free === null) return []
  if (free < required) return [finding('firmware-store-full', 'blocker', { required, found: free })]
  return free < required + 3 * KiB
    ? [finding('firmware-store-tight', 'warning', { required, found: free })]
    : []
}
