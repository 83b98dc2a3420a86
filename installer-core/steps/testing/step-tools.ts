import { nodeHasher } from '../../adapters/node-hasher.ts'
import type { OwnershipManifest } from '../../model/manifest.ts'
import type { PlannedStep } from '../../model/plan.ts'
import type { FirmwareVariables } from '../../ports/firmware-variables.ts'
import type { Platform } from '../../ports/platform.ts'
import { neverCancelled } from '../../ports/cancellation.ts'
import { noProgress } from '../../ports/progress.ts'
import type { StepTools } from '../../ports/step.ts'

/** A manifest around some steps; what a test does not ask for is empty. */
export function manifestWith(
  steps: readonly PlannedStep[],
  before: Partial<OwnershipManifest['before']> = {},
): OwnershipManifest {
  return {
    schema: 'berth/manifest/1',
    plan: {
      schema: 'berth/plan/1',
      goal: 'install',
      fingerprint: 'f'.repeat(64),
      release: 'cut-1-x86_64' as never,
      releaseSha256: 'e'.repeat(64),
      choices: {
        schema: 'berth/choices/1',
        spaceFrom: { kind: 'automatic' },
        bootPartitionType: 'xbootldr',
        defaultSystem: 'present',
      },
      steps: [...steps],
      pointOfNoReturn: null,
      lost: [],
      alternatives: [],
      issues: [],
      before: [],
      after: [],
      bytesToWrite: 0 as never,
      estimateSeconds: 0,
    },
    before: { bootOrder: null, bootNext: null, disks: [], bootVolumeFree: null, ...before },
  }
}

/** Tools around a platform or, where a step touches nothing else, around firmware variables alone. */
export function toolsFor(
  on: Platform | FirmwareVariables,
  manifest: OwnershipManifest,
  more: Partial<StepTools> = {},
): StepTools {
  const platform = 'probe' in on ? on : ({ firmware: on } as Platform)
  return {
    platform,
    release: null,
    hasher: nodeHasher,
    manifest,
    progress: noProgress,
    cancellation: neverCancelled,
    recovering: false,
    ...more,
  }
}
