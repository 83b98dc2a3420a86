import { en } from '../en/words.ts'
import type { SameKeys } from '../words-of.ts'

export const de: SameKeys<typeof en> = en
