import type { KnipConfig } from 'knip'

export default {
  entry: [
    'installer-core/bin/berth.ts',
    'scripts/*.ts',
    'installer-core/**/*.test.ts',
    // Programs that tests start as processes of their own.
    'installer-core/**/testing/*-process.ts',
    'electron/main/main.ts',
    'electron/preload/preload.ts',
    'renderer/main.tsx',
    'renderer/stories/open-story.tsx',
    'renderer/stories/testing/record.ts',
    'renderer/vite.config.ts',
    'renderer/**/*.test.{ts,tsx}',
    'e2e/**/*.{test,matrix}.ts',
    // Bundled by itself and run under wine.
    'e2e/windows/hold-lock.ts',
    // Bundled by themselves and run in a guest.
    'e2e/linux/testing/*.ts',
    // Started by hand: makes the pictures that a test compares a screen with.
    'e2e/desktop/make-sight.ts',
  ],
  project: [
    'installer-core/**/*.ts',
    'scripts/**/*.{ts,mjs}',
    'e2e/**/*.ts',
    'electron/**/*.ts',
    'renderer/**/*.{ts,tsx}',
  ],
  // What tests and the next layers take is exported on purpose; files and dependencies must be used.
  exclude: ['exports', 'types', 'nsExports', 'nsTypes', 'enumMembers'],
  ignoreBinaries: [
    'wine',
    'busybox',
    'Xvfb',
    'sha256sum',
    'rpm',
    'rpmbuild',
    'dpkg-deb',
    'groff',
    'mksquashfs',
    'unshare',
    'mshowfat',
    'swtpm',
    'cc',
  ],
} satisfies KnipConfig
