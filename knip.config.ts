import type { KnipConfig } from 'knip'

export default {
  entry: [
    'installer-core/bin/berth.ts',
    'scripts/*.ts',
    'scripts/setup.mjs',
    'installer-core/**/*.test.ts',
    'e2e/**/*.test.ts',
  ],
  project: ['installer-core/**/*.ts', 'scripts/**/*.{ts,mjs}', 'e2e/**/*.ts'],
  // What tests and the next layers take is exported on purpose; files and dependencies must be used.
  exclude: ['exports', 'types', 'nsExports', 'nsTypes', 'enumMembers'],
} satisfies KnipConfig
