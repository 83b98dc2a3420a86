import type { CheckContext } from '../check-context.ts'
import { finding, type Finding } from '../finding.ts'

const enoughBattery = 20
const comfortableBattery = 50

/** Processor, memory, power, rights and whether the new system will see the disks. */
export function checkPc({ machine, release }: CheckContext): readonly Finding[] {
  const found: Finding[] = []
  const { memory } = release.needs
  if (machine.cpu !== release.architecture) {
    found.push(finding('cpu-architecture', 'blocker', { required: release.architecture, found: machine.cpu }))
  }
  if (machine.memory < memory.required) {
    found.push(finding('memory-too-small', 'blocker', { required: memory.required, found: machine.memory }))
  } else if (machine.memory < memory.recommended) {
    found.push(
      finding('memory-below-recommended', 'warning', { required: memory.recommended, found: machine.memory }),
    )
  }
  if (machine.storageController === 'rst' || machine.storageController === 'vmd') {
    found.push(
      finding('storage-hidden', 'blocker', {
        required: 'AHCI or NVMe',
        found: machine.storageController.toUpperCase(),
      }),
    )
  }
  if (!machine.running.elevated) found.push(finding('not-elevated', 'note'))
  return [...found, ...power(machine.power.source, machine.power.percent)]
}

function power(source: string, percent: number | null): readonly Finding[] {
  if (source !== 'battery' || percent === null || percent >= comfortableBattery) return []
  const low = percent < enoughBattery
  const required = `${low ? enoughBattery : comfortableBattery} %`
  return [
    finding(low ? 'battery-low' : 'on-battery', low ? 'blocker' : 'warning', {
      required,
      found: `${percent} %`,
    }),
  ]
}
