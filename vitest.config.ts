import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const slow = '{fuzz,foreign,proof}'

/** Tests that need more than code carry it in their name: `*.foreign.test.ts`, `*.fuzz.test.ts`, `*.proof.test.ts`. */
function project(name: string, include: string[], exclude: string[] = [], minutes = 2) {
  return {
    test: {
      name,
      include,
      exclude: ['node_modules/**', ...exclude],
      testTimeout: minutes * 60_000,
      hookTimeout: minutes * 60_000,
    },
  }
}

export default defineConfig({
  test: {
    // Left to itself it keeps a core free, which is half of a PC with two.
    maxWorkers: availableParallelism(),
    projects: [
      project(
        'unit',
        ['installer-core/**/*.test.ts', 'scripts/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}'],
        [`**/*.${slow}.test.ts`],
      ),
      project('foreign', ['installer-core/**/*.foreign.test.ts'], [], 10),
      project('fuzz', ['installer-core/**/*.fuzz.test.ts'], [], 60),
      project('proof', ['installer-core/**/*.proof.test.ts'], [], 30),
      {
        test: {
          ...project('boot', ['e2e/{boot,linux,windows}/**/*.test.ts'], [], 20).test,
          fileParallelism: false,
        },
      },
      { test: { ...project('package', ['e2e/package/**/*.test.ts'], [], 20).test, fileParallelism: false } },
      // Longer than npm test may take: parts of npm run test:all.
      { test: { ...project('matrix', ['e2e/**/*.matrix.ts'], [], 30).test, fileParallelism: false } },
      {
        test: {
          ...project('window', ['e2e/ui/**/*.test.ts'], [], 5).test,
          fileParallelism: false,
          globalSetup: 'e2e/ui/testing/built-once.ts',
        },
      },
    ],
  },
})
