import { canStart, problemsOf } from '../check/berth-usable.ts'
import { finding } from '../check/finding.ts'
import type { Choices } from '../model/choices.ts'
import type { Machine } from '../model/machine.ts'
import { stepOf, type OwnershipManifest } from '../model/manifest.ts'
import { orderWith } from './order-with.ts'
import { laterPlan, nothingInstalled, refused } from './later-plan.ts'
import type { HashText, PlanOutcome } from './plan-outcome.ts'

/**
 * Lists the new system in BootOrder after its trial: at the end, or first when the person chose so. Refused
 * (`trial-unconfirmed`) until the new system has left its mark with the nonce of this very installation. No steps when
 * the order is already so.
 */
export function makeConfirmPlan(
  machine: Machine,
  manifest: OwnershipManifest | null,
  defaultSystem: Choices['defaultSystem'],
  sha256: HashText,
): PlanOutcome {
  const { berth } = machine
  const armed = manifest === null ? null : stepOf(manifest, 'arm-trial')
  if (manifest === null || armed === null || berth.state === 'absent') return refused(nothingInstalled)
  const where = berth.partition
  if (berth.nonce !== armed.nonce) return refused(finding('manifest-other-install', 'blocker', { where }))
  if (!canStart(berth)) {
    return refused(finding('berth-damaged', 'blocker', { where, facts: { problems: problemsOf(berth) } }))
  }
  if (!berth.started) return refused(finding('trial-unconfirmed', 'blocker', { where }))
  const orderBefore = machine.firmware.bootOrder
  const orderAfter = orderWith(machine, berth.entry, defaultSystem)
  // Firmware that wants every entry listed has the right order during the trial already; the trial is to end all the same.
  const same = !berth.armed && orderBefore !== null && orderBefore.join() === orderAfter.join()
  return laterPlan(
    {
      goal: 'confirm',
      machine,
      manifest,
      choices: { ...manifest.plan.choices, defaultSystem },
      steps: same
        ? []
        : [
            {
              kind: 'confirm-trial',
              entry: berth.entry,
              nonce: armed.nonce,
              orderBefore,
              orderAfter: [...orderAfter],
            },
          ],
    },
    sha256,
  )
}
