import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { MiB } from '../../installer-core/base/bytes.ts'
import { partitionType } from '../../installer-core/base/well-known.ts'
import type { ScenarioPc } from '../boot/scenario.ts'
import { startTpm } from '../measured/tpm.ts'
import { anna, comesToLogin, DesktopCase, sitAt, sittingLimitMs, startLimitMs } from './desktop-pc.ts'
import { partitionPlace } from './partition-place.ts'
import type { Person } from './person.ts'

const own = new DesktopCase()
afterAll(() => own.remove())

/** What somebody writes, to be found again by them and by nobody who reads the disk. */
const letter = 'canary-in-the-coal-mine'
/** As it is meant, and the keys of an American keyboard that a German layout makes it of. */
const passphrase = { meant: 'zypressen', keys: 'yzpressen' } as const

/** What the data partition shows to whoever takes the disk out: LUKS2's header, no ext4, nobody's words. */
async function expectNothingReadable(pc: ScenarioPc): Promise<void> {
  const { image, offset } = await partitionPlace(pc, partitionType.linuxGeneric)
  const file = openSync(image, 'r')
  try {
    const read = (at: number, length: number) => {
      const bytes = Buffer.alloc(length)
      readSync(file, bytes, 0, length, offset + at)
      return bytes
    }
    expect(read(0, 8).toString('latin1')).toBe('LUKS\xba\xbe\x00\x02')
    for (const start of [0, 16 * MiB]) expect(read(start + 1024 + 0x38, 2).readUInt16LE()).not.toBe(0xef53)
    for (let at = 0; at < 2048 * MiB; at += 64 * MiB) expect(read(at, 64 * MiB).includes(letter)).toBe(false)
  } finally {
    closeSync(file)
  }
}

async function writesLetter(person: Person): Promise<void> {
  await person.signsInOnSerial(anna.user, anna.password, startLimitMs)
  expect(await person.runs('findmnt -no SOURCE /run/berth/data', 120_000)).toEqual(['/dev/mapper/berth-data'])
  expect(await person.runs(`echo ${letter} >letter.txt; sync; ls -1 *.txt`, 120_000)).toEqual(['letter.txt'])
}

async function readsLetter(person: Person): Promise<void> {
  await person.signsInOnSerial(anna.user, anna.password, startLimitMs)
  expect(await person.runs('cat letter.txt', 120_000)).toEqual([letter])
}

const encryptionLine = (page: readonly string[]) =>
  page.find((line) => line.startsWith('Dateien sind verschlüsselt'))

describe('the desktop with encrypted files', () => {
  it(
    'asks for a new passphrase in the language and on the keyboard that were chosen, and for it at the next start',
    { timeout: 2 * sittingLimitMs },
    async () => {
      const pc = await own.pc()
      await pc.install('--profile', own.profile({ keymap: 'de', encryption: 'passphrase' }))
      await sitAt(pc, {}, async (person) => {
        await person.reads(/Neue Passphrase.*Tastatur: de\)/, startLimitMs)
        await person.types(`${passphrase.keys}\n`)
        await person.reads(/Noch einmal dieselbe/, startLimitMs)
        person.pc.type(`${passphrase.meant}\n`)
        await comesToLogin(person)
        await writesLetter(person)
        const page = await person.runs('berth-status', 120_000)
        expect(encryptionLine(page)).toMatch(/ja, mit einer Passphrase$/)
        await person.reads(/Berth: trial confirmed/, startLimitMs)
        await person.pc.powerButton()
      })
      await expectNothingReadable(pc)
      await pc.confirm()
      await pc.switchTo('berth')
      const boot = await sitAt(pc, {}, async (person) => {
        await person.reads(/Passphrase \(unsichtbar/, startLimitMs)
        person.pc.type('falsch\n')
        await person.reads(/Das ist nicht richtig/, startLimitMs)
        await person.types(`${passphrase.keys}\n`)
        await comesToLogin(person)
        await readsLetter(person)
        await person.pc.powerButton()
      })
      const said = boot.starts.flatMap(({ lines }) => lines.map(({ text }) => text)).join('\n')
      expect(said).not.toContain(passphrase.meant)
      await pc.undo()
    },
  )

  it(
    'asks nothing where the TPM keeps the key, and for the recovery key when it keeps it back',
    { timeout: 3 * sittingLimitMs },
    async () => {
      const pc = await own.pc()
      await pc.install('--profile', own.profile({ encryption: 'tpm' }))
      const withTpm = async (folder: string, sit: (person: Person) => Promise<void>) => {
        const tpm = await startTpm(join(pc.folder, folder))
        try {
          return await sitAt(pc, { tpm: tpm.socket }, sit)
        } finally {
          await tpm.stop()
        }
      }
      let recoveryKey = ''
      await withTpm('tpm', async (person) => {
        await comesToLogin(person)
        await writesLetter(person)
        expect(encryptionLine(await person.runs('berth-status', 120_000))).toMatch(/KEINEN/)
        const make = `echo ${anna.password} | sudo -k -S -p '' -- /usr/lib/berth/recovery-key`
        recoveryKey = (await person.runs(make, 300_000)).at(-1) ?? ''
        expect(recoveryKey).toMatch(/^([cbdefghijklnrtuv]{8}-){7}[cbdefghijklnrtuv]{8}$/)
        expect(encryptionLine(await person.runs('berth-status', 120_000))).not.toMatch(/KEINEN/)
        await person.reads(/Berth: trial confirmed/, startLimitMs)
        await person.pc.powerButton()
      })
      await expectNothingReadable(pc)
      await pc.confirm()
      await pc.switchTo('berth')
      const second = await withTpm('tpm', async (person) => {
        await person.reads(/Berth: data opened by the TPM/, startLimitMs)
        await comesToLogin(person)
        await readsLetter(person)
        await person.pc.powerButton()
      })
      expect(JSON.stringify(second.starts)).not.toContain('Wiederherstellungsschlüssel (unsichtbar')
      // Another chip knows nothing of the key: as after a repair of the PC, or when the firmware has cleared it.
      await pc.switchTo('berth')
      await withTpm('another-tpm', async (person) => {
        await person.reads(/Wiederherstellungsschlüssel \(unsichtbar/, startLimitMs)
        person.pc.type(`${recoveryKey.replaceAll('-', '')}\n`)
        await person.reads(/Berth: data opened by what was typed/, startLimitMs)
        await comesToLogin(person)
        // Who answers the power button is started after the login screen.
        await readsLetter(person)
        await person.pc.powerButton()
      })
      await pc.switchTo('berth')
      await withTpm('another-tpm', async (person) => {
        await person.reads(/Berth: data opened by the TPM/, startLimitMs)
        await comesToLogin(person)
        await readsLetter(person)
        await person.pc.powerButton()
      })
    },
  )
})
