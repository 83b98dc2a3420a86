import { z } from 'zod'

/** What QEMU sends on its control channel, as far as it is used (QEMU Machine Protocol Specification). */
export const qmpMessageSchema = z.looseObject({
  /** Of an event. */
  event: z.string().optional(),
  data: z.looseObject({ guest: z.boolean().optional(), reason: z.string().optional() }).optional(),
  /** Of an answer: the command's id, and either `error` or `return`. */
  id: z.number().optional(),
  error: z.looseObject({ desc: z.string() }).optional(),
  return: z.unknown().optional(),
})

export type QmpMessage = Readonly<z.infer<typeof qmpMessageSchema>>
