import type { en } from '../en/words.ts'
import type { SameKeys } from '../words-of.ts'
import { pageWords } from './pages.ts'
import { roomWords } from './room.ts'
import { sharedWords } from './shared.ts'

/** Every sentence of the page in German. */
export const de: SameKeys<typeof en> = { ...sharedWords, ...pageWords, ...roomWords }
