import { fail } from '../../base/result.ts'
import { methodNames } from '../contract.ts'
import type { Handlers } from '../server.ts'

/** Handlers that refuse everything, but for those that a test gives. */
export function handlersWith(own: Partial<Handlers>): Handlers {
  const refuse = () => fail('unsupported', { what: 'test' })
  return { ...Object.fromEntries(methodNames.map((name) => [name, refuse])), ...own } as Handlers
}
