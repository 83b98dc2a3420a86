/* Stands for vitest where its runner cannot go: the same tests, run by Node's, with vitest's own expectations. */
import { chai, JestChaiExpect, JestExtend, type ExpectStatic } from '@vitest/expect'

export { afterEach, beforeEach, describe, it } from 'node:test'

chai.use(JestChaiExpect)
chai.use(JestExtend)
export const expect = ((value: unknown, message?: string) => chai.expect(value, message)) as ExpectStatic
