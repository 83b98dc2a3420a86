import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { expectOk } from '../base/result.ts'
import { vendor } from '../base/well-known.ts'
import { setVariable } from '../formats/varstore/edit-varstore.ts'
import { compareSnapshots, takeSnapshot } from './snapshot.ts'
import { madePc, tableOf, tool } from './testing/made-pcs.ts'

const folder = mkdtempSync(join(tmpdir(), 'berth-snapshot-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('names every file of every volume, both tables and the boot variables, and nothing differs from itself', async () => {
  const pc = await madePc('linux-windows')
  const first = expectOk(await takeSnapshot(pc))
  const names = first.items.map(({ what }) => what.replace(/^[0-9a-f-]{36}/, ''))
  for (const name of [
    '/EFI/Microsoft/Boot/bootmgfw.efi',
    '/EFI/systemd/systemd-bootx64.efi',
    '/Bewerbung Müller.txt',
    '/写真メモ.txt',
    '/Winre.wim',
    '/etc/os-release',
    'disk0.img/table/primary',
    'disk0.img/table/backup',
    'variable/Boot0000',
    'variable/BootOrder',
  ])
    expect(names).toContain(name)
  expect(compareSnapshots(first, expectOk(await takeSnapshot(pc)))).toEqual([])
})

test('sees one changed file, one removed file, one added variable, and one changed table', async () => {
  const pc = join(folder, 'pc')
  tool('cp', '-r', '--sparse=always', await madePc('windows'), pc)
  const before = expectOk(await takeSnapshot(pc))
  const image = join(pc, 'disk0.img')
  const esp = tableOf(image).partitions[0]!
  const drive = `${image}@@${esp.start * 512}`
  writeFileSync(join(folder, 'BCD'), 'other')
  expect(tool('mcopy', '-i', drive, '-o', join(folder, 'BCD'), '::/EFI/Microsoft/Boot/BCD').exitCode).toBe(0)
  expect(tool('mdel', '-i', drive, '::/EFI/Microsoft/Boot/boot.stl').exitCode).toBe(0)
  const store = new Uint8Array(readFileSync(join(pc, 'firmware.fd')))
  const next = { attributes: 7, data: Uint8Array.of(0, 0) }
  const changed = expectOk(setVariable(store, { vendor: vendor.global, name: 'BootNext' }, next))
  writeFileSync(join(pc, 'firmware.fd'), changed)
  expect(tool('sgdisk', '-c', '3:renamed', image).exitCode).toBe(0)
  const differences = compareSnapshots(before, expectOk(await takeSnapshot(pc)))
  expect(differences.map(({ what, before: old, after }) => [what, old === null, after === null])).toEqual([
    [`${esp.guid}/EFI/Microsoft/Boot/BCD`, false, false],
    [`${esp.guid}/EFI/Microsoft/Boot/boot.stl`, false, true],
    ['disk0.img/table/backup', false, false],
    ['disk0.img/table/primary', false, false],
    ['variable/BootNext', true, false],
  ])
})
