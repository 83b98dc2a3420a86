import { z } from 'zod'
import type { DeepReadonly } from '../base/deep-readonly.ts'
import { safeTextSchema } from './primitives.ts'
import { networkIdSchema, sealedSchema } from './you.ts'

/** Why a network cannot come along. */
export const networkRefusals = ['enterprise', 'key-elsewhere', 'other-kind'] as const

/**
 * The Wi-Fi networks that the present system knows, without any key. `seal` stands for network and key in choices
 * (`you.wifi`): it names the very text that will be written, and tells nothing of it.
 */
export const knownNetworksSchema = z.strictObject({
  networks: z
    .array(z.strictObject({ id: networkIdSchema, ssid: safeTextSchema, seal: sealedSchema }))
    .max(64),
  refused: z.array(z.strictObject({ ssid: safeTextSchema, reason: z.enum(networkRefusals) })).max(64),
})

/** `berth networks --json`. */
export const networksDocumentSchema = knownNetworksSchema.extend({ schema: z.literal('berth/networks/1') })

export type KnownNetworks = DeepReadonly<z.infer<typeof knownNetworksSchema>>
export type KnownNetwork = KnownNetworks['networks'][number]
export type NetworkRefusal = (typeof networkRefusals)[number]

/** A network as choices name it: the seal stands for the key, which only the helper reads. */
export function chosenNetwork({ id, seal }: KnownNetwork): {
  readonly name: string
  readonly profile: string
} {
  return { name: id, profile: seal }
}
