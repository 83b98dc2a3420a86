import { openPracticePc } from '../adapters/disk-image/open-practice-pc.ts'
import { openLinuxPc } from '../adapters/linux/open-linux-pc.ts'
import { nodeHasher } from '../adapters/node-hasher.ts'
import type { Result } from '../base/result.ts'
import type { Machine } from '../model/machine.ts'
import { neverCancelled } from '../ports/cancellation.ts'
import type { Platform } from '../ports/platform.ts'
import { buildMachine } from '../probe/build-machine.ts'

/** Opens a practice PC, or with full rights the one that this runs on, to change it; closes it whatever happens. */
export async function withPlatform<T>(
  folder: string | undefined,
  work: (pc: { readonly platform: Platform; readonly machine: Machine }) => Promise<Result<T>>,
): Promise<Result<T>> {
  const pc =
    folder === undefined
      ? await openLinuxPc({ access: 'write' })
      : await openPracticePc(folder, { access: 'write' })
  if (!pc.ok) return pc
  try {
    const facts = await pc.value.platform.probe(neverCancelled)
    const machine = facts.ok ? buildMachine(facts.value, nodeHasher) : facts
    return machine.ok ? await work({ platform: pc.value.platform, machine: machine.value }) : machine
  } finally {
    await pc.value.close()
  }
}
