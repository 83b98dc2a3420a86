import { createHash } from 'node:crypto'
import type { HashText } from '../plan-outcome.ts'

/** SHA-256 as the planner wants it. */
export const hashText: HashText = (text) => createHash('sha256').update(text).digest('hex')
