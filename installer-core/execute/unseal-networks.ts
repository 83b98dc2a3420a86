import { ok, type Result } from '../base/result.ts'
import type { Choices } from '../model/choices.ts'
import type { NetworkProfiles } from '../ports/network-profiles.ts'

/**
 * The choices with the texts of the networks that were chosen by id. The plan of both is the same, because a plan holds
 * seals (`plan/credentials.ts`). `network-changed` when one of them is not the one that was shown any more.
 */
export async function unsealNetworks(
  choices: Choices,
  networks: NetworkProfiles | undefined,
): Promise<Result<Choices>> {
  const { you } = choices
  if (networks === undefined || you?.wifi === undefined) return ok(choices)
  const wifi = await networks.unseal(you.wifi)
  return wifi.ok ? ok({ ...choices, you: { ...you, wifi: wifi.value } }) : wifi
}
