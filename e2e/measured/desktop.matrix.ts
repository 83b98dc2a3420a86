import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openReleaseFolder } from '../../installer-core/adapters/release-folder/open-release-folder.ts'
import { expectOk } from '../../installer-core/base/result.ts'
import { findFirmware } from '../../installer-core/practice/qemu/firmware-image.ts'
import { startPc } from '../../installer-core/practice/qemu/start-pc.ts'
import { anna, DesktopCase, sittingLimitMs, startLimitMs } from '../desktop/desktop-pc.ts'
import { Person } from '../desktop/person.ts'
import { startTpm } from './tpm.ts'

const own = new DesktopCase()
afterAll(() => own.remove())

describe('the TPM of a PC that started the desktop', () => {
  it(
    'holds in PCR 11 what the manifest says, at the login screen and after signing in',
    { timeout: sittingLimitMs },
    async () => {
      const pc = await own.pc()
      await pc.install('--profile', own.profile())
      const { image } = await pc.bootVolume()
      const { manifest } = expectOk(await openReleaseFolder(await own.release()))
      const wanted = manifest.measurements?.pcr11.at(-1)
      expect(wanted).toMatchObject({ phases: [], sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
      const variables = join(pc.folder, 'measured.fd')
      copyFileSync(join(pc.folder, 'firmware.fd'), variables)
      const tpm = await startTpm(join(pc.folder, 'tpm'))
      try {
        const running = expectOk(
          await startPc({
            accelerator: 'tcg',
            firmwareCode: expectOk(findFirmware()).code,
            variables,
            disks: [{ file: image, bus: 'nvme', sectorSize: 512, serial: 'P0001', throwAway: true }],
            memoryMiB: 1024,
            display: 'live',
            handOver: {},
            tpm: tpm.socket,
          }),
        )
        try {
          const person = new Person(running)
          await person.reads(/Berth: login screen of/, startLimitMs)
          await person.signsInOnSerial(anna.user, anna.password, startLimitMs)
          const read = 'cat /sys/class/tpm/tpm0/pcr-sha256/11'
          const [value = ''] = await person.runs(read, 120_000)
          expect(value.toLowerCase()).toBe(wanted?.sha256)
          expect(await person.runs(`sleep 30; ${read}`, 120_000)).toEqual([value])
        } finally {
          await running.cutPower()
          await running.ended
        }
      } finally {
        await tpm.stop()
      }
    },
  )
})
