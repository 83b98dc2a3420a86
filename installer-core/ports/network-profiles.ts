import type { Result } from '../base/result.ts'
import type { KnownNetworks } from '../model/networks.ts'
import type { You } from '../model/you.ts'

/** Networks as choices hold them: by id, with the text that is written or what seals it. */
export type ChosenNetworks = NonNullable<You['wifi']>

/** The Wi-Fi networks whose keys the running system keeps. Reads only. */
export interface NetworkProfiles {
  /** What there is, without any key. What cannot be read is left out. */
  list(): Promise<KnownNetworks>
  /**
   * The texts behind the seals, read anew. `network-changed` unless each network is there and its text is still the one that
   * its seal stands for. Networks that come with their text stay as they are.
   */
  unseal(chosen: ChosenNetworks): Promise<Result<ChosenNetworks>>
}
