import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { expect, it } from 'vitest'

const { code } = transformSync(readFileSync(join(import.meta.dirname, 'old-runtime.ts'), 'utf8'), {
  loader: 'ts',
})
/** A runtime of its own that lacks the functions, and then gets the stand-ins. */
const old = createContext({})
runInContext(
  `delete Object.hasOwn; delete Array.prototype.at; delete Array.prototype.findLast
   delete String.prototype.at; delete String.prototype.replaceAll`,
  old,
)
runInContext(code, old)

it.each([
  `'a.b.c'.replaceAll('.', '-')`,
  `'a+b+c'.replaceAll('+', '<$&>')`,
  `'0004,0001'.replaceAll(/(?<=^|,)[0-9A-F]{4}(?=,|$)/g, 'Boot$&')`,
  `'aaa'.replaceAll('', '-')`,
  `'C:\\\\a\\\\b'.replaceAll('\\\\', '/')`,
  `'[a]{b}'.replaceAll(']', '')`,
  `['abc'.at(0), 'abc'.at(-1), 'abc'.at(3)].join()`,
  `[[1, 2].at(-1), [1, 2].at(1), [].at(0)].join()`,
  `[1, 2, 3, 4].findLast((number) => number % 2 === 1)`,
  `[Object.hasOwn({ a: 1 }, 'a'), Object.hasOwn({ a: 1 }, 'toString')].join()`,
])('gives on an old runtime what a new one gives: %s', (expression) => {
  expect(runInContext(expression, old)).toBe(runInContext(expression, createContext({})))
})
