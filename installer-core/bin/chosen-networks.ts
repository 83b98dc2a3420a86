import { fail, ok, type Result } from '../base/result.ts'
import type { InstallerFace } from '../installer.ts'
import type { Choices } from '../model/choices.ts'
import { chosenNetwork } from '../model/networks.ts'
import type { ReleaseManifest } from '../model/release.ts'

/** The choices with the networks of the present system that were named by `--wifi`, which stand in for those of a profile. */
export async function withChosenNetworks(
  choices: Choices,
  ids: readonly string[] | undefined,
  installer: Pick<InstallerFace, 'networks'>,
  { id: release, firstStart }: ReleaseManifest,
): Promise<Result<Choices>> {
  if (ids === undefined) return ok(choices)
  if (firstStart?.takes.includes('wifi') !== true)
    return fail('usage', { what: '--wifi', required: 'a release that takes networks over', found: release })
  const asked = await installer.networks()
  if (!asked.ok) return asked
  const networks = asked.value?.networks ?? []
  const chosen = networks.filter((one) => ids.includes(one.id))
  const unknown = ids.find((id) => !chosen.some((one) => one.id === id))
  if (unknown !== undefined)
    return fail('usage', { what: `--wifi ${unknown}`, required: 'an id that `berth networks` shows' })
  return ok({ ...choices, you: { ...choices.you, wifi: chosen.map(chosenNetwork) } })
}
