import { expect, it } from 'vitest'
import { builderConfig, productFuses } from './builder-config.ts'

const old = { folder: '/somewhere', program: '/somewhere/electron', version: '9.4.1', old: true }

it('sets every fuse in the product, and carries the engine beside the window', () => {
  for (const platform of ['linux', 'windows'] as const) {
    const config = builderConfig(platform, null)
    expect(config.electronFuses).toBe(productFuses)
    expect(config.electronDist).toBeUndefined()
    expect(config.extraResources).toMatchObject([{ to: platform === 'windows' ? 'berth.exe' : 'berth' }])
    expect(config.asar).toBe(true)
  }
  expect(productFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  })
})

it('takes the runtime that lies here, which is too old for fuses', () => {
  const config = builderConfig('linux', old)
  expect(config).toMatchObject({ electronVersion: '9.4.1', electronDist: '/somewhere' })
  expect(config.electronFuses).toBeUndefined()
})
