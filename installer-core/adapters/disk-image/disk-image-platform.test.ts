import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { expectOk } from '../../base/result.ts'
import { smallStore } from '../../formats/varstore/testing/small-store.ts'
import { describeChanging, describeReading, describeRefusing } from '../testing/platform-contract.ts'
import { furnish, smallPc, smallPcFile } from '../testing/small-pc.ts'
import { openPracticePc } from './open-practice-pc.ts'
import { serialisePcFile } from './pc-file.ts'
import { openFileDisk } from './raw-disk.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

async function open(sectorSize: 512 | 4096, access: 'read' | 'write') {
  const folder = mkdtempSync(join(tmpdir(), 'berth-pc-'))
  folders.push(folder)
  const image = join(folder, 'disk0.img')
  writeFileSync(image, '')
  truncateSync(image, smallPc.diskBytes)
  const disk = expectOk(openFileDisk(image, sectorSize, 'write'))
  furnish(disk)
  disk.close()
  writeFileSync(join(folder, 'firmware.fd'), smallStore())
  writeFileSync(join(folder, 'pc.json'), serialisePcFile(smallPcFile(sectorSize)))
  const platform = async () => expectOk(await openPracticePc(folder, { access })).platform
  return { platform: await platform(), reopen: platform }
}

for (const sectorSize of [512, 4096] as const) {
  const name = `images, ${sectorSize}-byte sectors`
  describeReading(name, async () => (await open(sectorSize, 'write')).platform)
  describeRefusing(name, async () => (await open(sectorSize, 'read')).platform)
  describeChanging(name, sectorSize, () => open(sectorSize, 'write'))
}
