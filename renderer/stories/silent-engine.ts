import { wireFailure } from '../../installer-core/api/answer.ts'
import type { Client } from '../../installer-core/api/client.ts'

/** An engine that is not there: what a story shows stays as it is. */
export const silentEngine: Client = {
  call: (name) =>
    Promise.resolve({ ok: false, failure: wireFailure('connection-lost', { what: name }, 'en') }),
  on: () => () => undefined,
}
