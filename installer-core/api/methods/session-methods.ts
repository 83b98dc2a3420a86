import { z } from 'zod'
import type { DeepReadonly } from '../../base/deep-readonly.ts'
import { contractVersion } from '../wire-values.ts'
import { method } from './method.ts'

export const settingsSchema = z.strictObject({
  /** `system`: what the page's host says. */
  language: z.enum(['system', 'en', 'de']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Shows the choices for experts. */
  expert: z.boolean(),
})

/** A page of the help: about one finding or one failure. */
export const helpPageSchema = z.strictObject({
  id: z.string(),
  about: z.enum(['issue', 'failure']),
  title: z.string(),
  message: z.string(),
  remedy: z.string(),
})

export const sessionMethods = {
  /** The first request of a connection: agrees on the contract and on the language of words. */
  'session.hello': method(
    z.strictObject({ contract: z.literal(contractVersion), language: z.string().max(35) }),
    z.strictObject({
      contract: z.literal(contractVersion),
      version: z.string(),
      platform: z.enum(['windows', 'linux', 'other']),
      /** Differs for each engine process: another one means that runs may have been interrupted. */
      engine: z.string(),
    }),
  ),
  'settings.get': method(z.strictObject({}), settingsSchema),
  'settings.set': method(settingsSchema.partial(), settingsSchema),
  /** Best first, at most 50; an empty text gives all of them by id. */
  'help.search': method(
    z.strictObject({ text: z.string().max(200) }),
    z.strictObject({ pages: z.array(helpPageSchema) }),
  ),
} as const

export type Settings = DeepReadonly<z.infer<typeof settingsSchema>>
export type HelpPage = DeepReadonly<z.infer<typeof helpPageSchema>>
