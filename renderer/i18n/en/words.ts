import { pageWords } from './pages.ts'
import { roomWords } from './room.ts'
import { sharedWords } from './shared.ts'

/** Every sentence of the page in English; the other languages have the same keys, and the compiler holds them to it. */
export const en = { ...sharedWords, ...pageWords, ...roomWords } as const
