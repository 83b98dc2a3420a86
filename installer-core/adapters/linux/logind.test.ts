import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { done } from '../../base/result.ts'
import { restartPc } from './logind.ts'
import { fakeLinux, type FakeLinux } from './testing/fake-linux.ts'

let linux: FakeLinux
beforeEach(() => {
  linux = fakeLinux()
  linux.put({ 'run/systemd/system/x': '' })
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(linux.folder, { recursive: true })
})

/** Restarts by a `systemctl` that says this and ends so. */
function restartBy(said: string, exit: number) {
  const script = `#!/bin/sh\n[ "$*" = 'reboot --check-inhibitors=yes' ] || exit 99\nprintf '%s' '${said}' >&2\nexit ${exit}\n`
  linux.put({ 'bin/systemctl': script })
  chmodSync(join(linux.folder, 'bin/systemctl'), 0o755)
  vi.stubEnv('PATH', `${join(linux.folder, 'bin')}:/usr/bin:/bin`)
  return restartPc(linux.places)
}

describe('restarting', () => {
  it('is asked of the system', async () => {
    expect(await restartBy('', 0)).toEqual(done)
  })

  it('says which program holds it back', async () => {
    const said =
      'Operation inhibited by "Writer" (PID 1204 "soffice.bin", user anna), reason is "Unsaved documents".\nPlease retry'
    expect(await restartBy(said, 1)).toMatchObject({
      failure: { code: 'restart-held', facts: { who: 'Writer' } },
    })
    expect(await restartBy('Operation denied due to active block inhibitors', 1)).toMatchObject({
      failure: { code: 'restart-held', facts: { who: null } },
    })
  })

  it.each([
    'Call to Reboot failed: Interactive authentication required.',
    'Call to Reboot failed: Access denied',
  ])('says that this person may not: %s', async (said) => {
    expect(await restartBy(said, 1)).toMatchObject({ failure: { code: 'restart-refused' } })
  })

  it('says what the program said otherwise', async () => {
    expect(await restartBy('Failed to connect to bus', 1)).toMatchObject({ failure: { code: 'tool-failed' } })
  })
})
