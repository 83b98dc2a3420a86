import { join } from 'node:path'
import type { Configuration } from 'electron-builder'
import { root } from '../build/bundle.ts'
import type { ElectronPlatform, ElectronRuntime } from './runtime.ts'

/** What may be bent in the shipped Electron's program file, and how: the page's shell takes no orders from outside. */
export const productFuses = {
  runAsNode: false,
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const

/** What electron-builder is told. `runtime`: an Electron that lies here already; null: the pinned one, which it fetches. */
export function builderConfig(platform: ElectronPlatform, runtime: ElectronRuntime | null): Configuration {
  const engine = platform === 'windows' ? 'berth.exe' : 'berth'
  return {
    appId: 'org.berth.window',
    productName: 'Berth',
    executableName: 'berth-window',
    directories: { app: join(root, 'dist/app'), output: join(root, 'dist/package') },
    files: ['**/*'],
    asar: true,
    // Everything the shell needs is in its bundles: no packages are looked for or rebuilt. (With `npmRebuild: false`
    // this would not be asked, and the checkout's packages would go into the program.)
    beforeBuild: () => Promise.resolve(false),
    extraResources: [{ from: join(root, 'dist', engine), to: engine }],
    ...(runtime === null ? {} : { electronVersion: runtime.version, electronDist: runtime.folder }),
    // An Electron as old as the tests' has no fuses in it.
    ...(runtime?.old === true ? {} : { electronFuses: productFuses }),
    // Chromium's own words (menus of a text field and the like) in the languages that Berth speaks.
    electronLanguages: ['en-US', 'de'],
    toolsets: { appimage: '1.0.3' },
    linux: {
      // The other packages are made from the unpacked folder, with manual page and completion (scripts/package).
      target: ['AppImage'],
      category: 'System',
      icon: join(root, 'assets/icons/berth.png'),
    },
    win: {
      target: ['nsis'],
      icon: join(root, 'assets/icons/berth.ico'),
      // The window never runs as the Administrator; the engine asks for that when it is needed.
      requestedExecutionLevel: 'asInvoker',
    },
    publish: null,
  }
}
