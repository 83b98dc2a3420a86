import { firmwareQuirks, type QuirkEffect } from '../../model/firmware-quirk.ts'
import type { IssueId } from '../../model/issue-id.ts'
import type { Severity } from '../../model/issue.ts'
import type { Machine } from '../../model/machine.ts'
import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'

/** What a person is told of an effect; null where Berth's ordinary way avoids it already. */
const told: Record<QuirkEffect, readonly [IssueId, Severity] | null> = {
  'reverts-order': ['firmware-reverts-order', 'note'],
  'drops-entries': ['firmware-drops-entries', 'note'],
  'ignores-unlisted': ['firmware-ignores-boot-next', 'note'],
  'wants-full-path': ['firmware-wants-full-path', 'note'],
  'windows-first': ['firmware-order-locked', 'note'],
  'wants-trusted-file': ['firmware-quirk', 'warning'],
  'fragile-store': null,
  'erases-2002': null,
  'forbids-writes': ['firmware-forbids-writes', 'blocker'],
  'sets-foreign-bit': null,
  'marks-entries': null,
  'lists-missing': null,
  'starts-by-place': null,
}

/** What this kind of firmware is known to do, and what Berth does about it. */
export function checkFirmwareQuirks({ machine, choices }: CheckContext): readonly Finding[] {
  const { vendor } = machine.firmware
  return quirksOn(machine).flatMap((quirk) => {
    const tell = told[quirk.effect]
    if (tell === null) return []
    const [id, severity] = tell
    const wantsFirst = choices.defaultSystem === 'new' && /order/.test(id)
    return [
      finding(id, wantsFirst ? 'warning' : severity, { where: quirk.id, facts: { vendor, quirk: quirk.id } }),
    ]
  })
}

/** True when the firmware starts nothing by BootNext that BootOrder does not list. */
export function firmwareNeedsListing(machine: Machine): boolean {
  return quirksOn(machine).some((quirk) => quirk.effect === 'ignores-unlisted')
}

function quirksOn(machine: Machine) {
  return firmwareQuirks.filter((quirk) => machine.firmware.quirks.includes(quirk.id))
}
