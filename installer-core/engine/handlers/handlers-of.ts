import type { Handlers } from '../../api/server.ts'

/** The handlers of some methods. */
export type HandlersOf<M extends keyof Handlers> = Pick<Handlers, M>
